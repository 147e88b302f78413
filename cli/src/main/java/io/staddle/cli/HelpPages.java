package io.staddle.cli;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

import java.util.List;

/// How `--help` looks: a verb shows its own options, and where the global ones are explained.
final class HelpPages {
    private HelpPages() {}

    static void apply(CommandLine root) {
        root.getSubcommands().values().forEach(HelpPages::applyBelow);
    }

    private static void applyBelow(CommandLine command) {
        command.getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpPages::ownOptions);
        command.getHelpSectionMap()
                .put(
                        UsageMessageSpec.SECTION_KEY_FOOTER,
                        help -> "Global options, such as -o json: staddle --help\n");
        command.getSubcommands().values().forEach(HelpPages::applyBelow);
    }

    private static String ownOptions(Help help) {
        List<OptionSpec> own =
                help.commandSpec().options().stream()
                        .filter(option -> !option.inherited() && !isStandard(option))
                        .toList();
        return help.optionListExcludingGroups(own);
    }

    private static boolean isStandard(OptionSpec option) {
        return option.usageHelp() || option.versionHelp();
    }
}
