package io.staddle.cli.config;

import io.staddle.api.codec.ModelCodec;
import io.staddle.api.model.Config;
import io.staddle.api.model.Setting;
import io.staddle.api.model.SettingValue;
import io.staddle.api.v1.GetConfigAnswer;
import io.staddle.cli.output.Ink.Tone;
import io.staddle.cli.output.Table;
import io.staddle.cli.output.Table.Cell;
import io.staddle.cli.output.Table.Column;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `config get`
@Command(name = "get", description = "Shows the settings that all servers share.")
public final class ConfigGetVerb extends Verb {
    @Parameters(arity = "0..1", paramLabel = "KEY", description = "One setting; else all.")
    private Optional<String> key = Optional.empty();

    /// Creates it.
    public ConfigGetVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        List<Setting> settings =
                key.map(one -> List.of(ConfigGetVerb.find(one))).orElseGet(ConfigGetVerb::byName);
        Config config = session.servers().config();
        GetConfigAnswer.Builder answer =
                GetConfigAnswer.newBuilder().setConfig(ModelCodec.encode(config));
        session.output().table(answer.build(), () -> table(config, settings));
        return ExitCode.DONE;
    }

    /// Settings are declared in the order of their numbers, which tears topics apart.
    static List<Setting> byName() {
        return Stream.of(Setting.values()).sorted(Comparator.comparing(Setting::key)).toList();
    }

    static Setting find(String key) {
        return Setting.of(key)
                .orElseThrow(() -> CliException.usage("there is no setting " + key, next(key)));
    }

    /// All of them would be a page: those that begin so, or are of that topic, are a line.
    private static String next(String key) {
        String topic = key.contains(".") ? key.substring(0, key.indexOf('.') + 1) : key;
        return Stream.of(key, topic)
                .map(ConfigGetVerb::beginningWith)
                .filter(each -> !each.isEmpty())
                .findFirst()
                .map(each -> "Did you mean: " + each + "? All: staddle config get")
                .orElse("See what there is: staddle config get");
    }

    private static String beginningWith(String start) {
        return byName().stream()
                .map(Setting::key)
                .filter(each -> !start.isEmpty() && each.startsWith(start))
                .collect(Collectors.joining(", "));
    }

    private static Table table(Config config, List<Setting> settings) {
        Table table =
                new Table(
                        Column.left("SETTING"),
                        Column.right("VALUE"),
                        Column.right("DEFAULT"),
                        Column.left("RANGE"));
        for (Setting setting : settings) {
            SettingValue value = config.value(setting);
            boolean changed = !value.equals(setting.defaultValue());
            table.row(
                    Cell.of(setting.key()),
                    new Cell(value.toString(), changed ? Tone.BOLD : Tone.PLAIN),
                    Cell.of(setting.defaultValue().toString()),
                    Cell.of(setting.range()));
        }
        return table;
    }
}
