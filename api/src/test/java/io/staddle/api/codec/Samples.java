package io.staddle.api.codec;

import com.google.protobuf.ByteString;

import io.staddle.api.event.DirectoryEvent.HoldingMoved;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.MalformedException;
import io.staddle.api.model.Credential;
import io.staddle.api.model.Holding.Holder;
import io.staddle.api.model.Setting;
import io.staddle.api.model.SettingKind;
import io.staddle.api.model.SettingValue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Makes random values of any record of the vocabulary, from its components.
///
/// A component of a type that it does not know fails the test that asked: a new kind of value must
/// be made known here before its codec counts as tested.
final class Samples {
    private static final String LETTERS =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final String TEXT = LETTERS + " .,:;_-+=()[]{}\"'\\|äßéñ€漢字ελ";
    private static final int TRIES = 1_000;

    private final SplittableRandom random;

    Samples(long seed) {
        random = new SplittableRandom(seed);
    }

    /// Returns the records of a sealed family, itself included if it is one, by name.
    static List<Class<?>> leaves(Class<?> family) {
        return family.isRecord()
                ? List.of(family)
                : Arrays.stream(family.getPermittedSubclasses())
                        .flatMap(each -> leaves(each).stream())
                        .distinct()
                        .toList();
    }

    <T> T of(Class<T> type) {
        return type.cast(value(type));
    }

    private Object value(Type type) {
        if (type instanceof ParameterizedType generic) {
            return container(generic);
        }
        Class<?> raw = (Class<?>) type;
        if (raw == HoldingMoved.class) {
            return holdingMoved();
        }
        if (raw == Credential.Token.class) {
            return new Credential.Token("%064x".formatted(number()));
        }
        if (raw.isRecord()) {
            return record(raw);
        }
        if (raw.isSealed()) {
            List<Class<?>> leaves = leaves(raw);
            return value(leaves.get(random.nextInt(leaves.size())));
        }
        if (raw.isEnum()) {
            Object[] constants = raw.getEnumConstants();
            return constants[random.nextInt(constants.length)];
        }
        return switch (raw.getName()) {
            case "long" -> number();
            case "int" -> (int) Math.min(number(), Integer.MAX_VALUE);
            case "boolean" -> random.nextBoolean();
            case "java.util.OptionalLong" ->
                    random.nextBoolean() ? OptionalLong.of(number()) : OptionalLong.empty();
            case "java.lang.String" -> random.nextBoolean() ? identifier() : text();
            case "com.google.protobuf.ByteString" -> bytes();
            default -> throw new IllegalStateException("no samples of " + raw);
        };
    }

    private Object container(ParameterizedType generic) {
        Type[] arguments = generic.getActualTypeArguments();
        if (generic.getRawType() == List.class) {
            return Stream.generate(() -> value(arguments[0])).limit(random.nextInt(5)).toList();
        }
        if (generic.getRawType() == Optional.class) {
            return random.nextBoolean() ? Optional.of(value(arguments[0])) : Optional.empty();
        }
        if (generic.getRawType() == Map.class && arguments[0] == Setting.class) {
            return settings();
        }
        if (generic.getRawType() == Map.class && arguments[0] == String.class) {
            Map<String, String> texts = new TreeMap<>();
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                texts.put(text() + "k", text());
            }
            return texts;
        }
        throw new IllegalStateException("no samples of " + generic);
    }

    private Map<Setting, SettingValue> settings() {
        Map<Setting, SettingValue> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            if (random.nextBoolean()) {
                values.put(setting, settingValue(setting));
            }
        }
        return values;
    }

    private SettingValue settingValue(Setting setting) {
        return switch (setting.kind()) {
            case SettingKind.Amount(var standard, var min, var max, var unit) ->
                    new SettingValue.Amount(random.nextLong(min, max + 1));
            case SettingKind.Clusters clusters ->
                    new SettingValue.Clusters(
                            Stream.generate(() -> of(ClusterId.class))
                                    .limit(random.nextInt(4))
                                    .distinct()
                                    .toList());
        };
    }

    /// Tries until the constructor takes the components.
    private Object record(Class<?> type) {
        for (int i = 0; i < TRIES; i++) {
            try {
                return construct(type);
            } catch (MalformedException tryAgain) {
                // Not every combination of components is a value.
            }
        }
        throw new IllegalStateException("no sample of " + type + " is well-formed");
    }

    private Object construct(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values.add(value(components[i].getGenericType()));
        }
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof MalformedException malformed) {
                throw malformed;
            }
            throw new IllegalStateException("cannot make a " + type, e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + type, e);
        }
    }

    /// The former owner of what is stranded now is whom it was moved from.
    private HoldingMoved holdingMoved() {
        HoldingMoved moved = (HoldingMoved) construct(HoldingMoved.class);
        Holder to =
                moved.to() instanceof Holder.Owner ? moved.to() : new Holder.Stranded(moved.from());
        return new HoldingMoved(
                moved.holding(),
                moved.type(),
                moved.from(),
                to,
                moved.shift(),
                moved.grains(),
                moved.kind(),
                moved.move());
    }

    private long number() {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> random.nextLong(1, 10);
            case 2 -> random.nextLong(1, 1_000);
            case 3 -> 1L << random.nextInt(63);
            case 4 -> Long.MAX_VALUE;
            default -> random.nextLong(Long.MAX_VALUE);
        };
    }

    private String identifier() {
        return pick(LETTERS, random.nextInt(1, 20));
    }

    private String text() {
        return pick(TEXT, random.nextInt(40)) + (random.nextInt(4) == 0 ? "🌾" : "");
    }

    private ByteString bytes() {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }

    private String pick(String from, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(from.charAt(random.nextInt(from.length())));
        }
        return text.toString();
    }
}
