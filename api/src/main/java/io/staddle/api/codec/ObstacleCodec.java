package io.staddle.api.codec;

import io.staddle.api.id.ClusterId;
import io.staddle.api.model.Obstacle;
import io.staddle.api.model.Unfitness;
import io.staddle.api.v1.Obstacle.Kind;

import java.util.List;

/// Codec of why a holding gets no new owner.
final class ObstacleCodec {
    private ObstacleCodec() {}

    static io.staddle.api.v1.Obstacle encode(Obstacle obstacle) {
        io.staddle.api.v1.Obstacle.Builder encoded = io.staddle.api.v1.Obstacle.newBuilder();
        switch (obstacle) {
            case Obstacle.NobodyFit(var allowed) ->
                    encoded.setKind(Kind.KIND_NOBODY_FIT).addAllAllowed(names(allowed));
            case Obstacle.NamedUnfit(var named, var why) ->
                    encoded.setKind(Kind.KIND_NAMED_UNFIT)
                            .setNamed(named.value())
                            .setWhy(encode(why));
            case Obstacle.NamedForbidden(var named, var allowed) ->
                    encoded.setKind(Kind.KIND_NAMED_FORBIDDEN)
                            .setNamed(named.value())
                            .addAllAllowed(names(allowed));
        }
        return encoded.build();
    }

    static Obstacle decode(io.staddle.api.v1.Obstacle encoded) {
        return switch (encoded.getKind()) {
            case KIND_NOBODY_FIT ->
                    new Obstacle.NobodyFit(ModelCodec.clusters(encoded.getAllowedList()));
            case KIND_NAMED_UNFIT ->
                    new Obstacle.NamedUnfit(
                            new ClusterId(encoded.getNamed()), decode(encoded.getWhy()));
            case KIND_NAMED_FORBIDDEN ->
                    new Obstacle.NamedForbidden(
                            new ClusterId(encoded.getNamed()),
                            ModelCodec.clusters(encoded.getAllowedList()));
            case KIND_UNSPECIFIED, UNRECOGNIZED ->
                    throw Malformed.of("obstacle", "a known one", "none or a newer one");
        };
    }

    private static io.staddle.api.v1.Unfitness encode(Unfitness why) {
        return switch (why) {
            case NOT_REGISTERED -> io.staddle.api.v1.Unfitness.UNFITNESS_NOT_REGISTERED;
            case GIVES_UP -> io.staddle.api.v1.Unfitness.UNFITNESS_GIVES_UP;
            case NOT_HEALTHY -> io.staddle.api.v1.Unfitness.UNFITNESS_NOT_HEALTHY;
            case LAGS -> io.staddle.api.v1.Unfitness.UNFITNESS_LAGS;
            case NOT_SECONDARY -> io.staddle.api.v1.Unfitness.UNFITNESS_NOT_SECONDARY;
            case NOT_PRIMARY_ELIGIBLE -> io.staddle.api.v1.Unfitness.UNFITNESS_NOT_PRIMARY_ELIGIBLE;
        };
    }

    private static Unfitness decode(io.staddle.api.v1.Unfitness why) {
        return switch (why) {
            case UNFITNESS_NOT_REGISTERED -> Unfitness.NOT_REGISTERED;
            case UNFITNESS_GIVES_UP -> Unfitness.GIVES_UP;
            case UNFITNESS_NOT_HEALTHY -> Unfitness.NOT_HEALTHY;
            case UNFITNESS_LAGS -> Unfitness.LAGS;
            case UNFITNESS_NOT_SECONDARY -> Unfitness.NOT_SECONDARY;
            case UNFITNESS_NOT_PRIMARY_ELIGIBLE -> Unfitness.NOT_PRIMARY_ELIGIBLE;
            case UNFITNESS_UNSPECIFIED, UNRECOGNIZED ->
                    throw Malformed.of("unfitness", "a known one", "none or a newer one");
        };
    }

    private static List<String> names(List<ClusterId> clusters) {
        return clusters.stream().map(ClusterId::value).toList();
    }
}
