package io.staddle.cli.shell;

import io.staddle.api.codec.AccessCodec;
import io.staddle.api.id.CheckpointId;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.IdentityName;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.MoveId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.PlanId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.id.ServerId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.NodeAddress;
import io.staddle.api.model.Role;

import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads names and durations from the command line.
public final class Texts {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,12})(ms|s|m|min|h|d)");

    private Texts() {}

    /// Makes the command line and all its verbs understand the words of the domain.
    public static void register(CommandLine commands) {
        commands.registerConverter(ClusterId.class, checked(ClusterId::new));
        commands.registerConverter(ServerId.class, checked(ServerId::new));
        commands.registerConverter(MoveId.class, checked(MoveId::new));
        commands.registerConverter(PlanId.class, checked(PlanId::new));
        commands.registerConverter(GrainType.class, checked(GrainType::new));
        commands.registerConverter(ScopeId.class, checked(ScopeId::new));
        commands.registerConverter(CheckpointId.class, checked(CheckpointId::new));
        commands.registerConverter(GrainId.class, checked(GrainId::parse));
        commands.registerConverter(NodeId.class, checked(NodeId::new));
        commands.registerConverter(NodeAddress.class, checked(NodeAddress::parse));
        commands.registerConverter(MigrationId.class, checked(MigrationId::new));
        commands.registerConverter(
                GroupId.class, checked(text -> new GroupId(number("group", text))));
        commands.registerConverter(
                VShardId.class, checked(text -> new VShardId(number("vShard", text))));
        commands.registerConverter(IdentityName.class, checked(IdentityName::new));
        commands.registerConverter(Role.class, checked(AccessCodec::role));
        commands.registerConverter(Duration.class, checked(Texts::duration));
    }

    /// Returns the duration written as a number and a unit: `500ms`, `5s`, `2m`, `1h`, `1d`.
    ///
    /// @throws MalformedException if it is written otherwise
    public static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new MalformedException(
                    new MalformedException.Expectation(
                            "duration", "a number with ms, s, m, h or d, such as 5s", text));
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofMinutes(number);
        };
    }

    private static int number(String field, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new MalformedException(
                    new MalformedException.Expectation(field, "a whole number", text));
        }
    }

    private static <T> ITypeConverter<T> checked(Function<String, T> parse) {
        return text -> {
            try {
                return parse.apply(text);
            } catch (MalformedException e) {
                throw new TypeConversionException(e.expectation().toString());
            }
        };
    }
}
