package io.staddle.api.refusal;

import io.staddle.api.id.ClusterId;
import io.staddle.api.model.Obstacle;

import java.util.List;

/// What a holding says that got no new owner.
///
/// @param clause such as `placement allows [eu, us], but none of these can take over`
public record ObstacleText(String clause) {
    /// Returns the words for an obstacle.
    public static ObstacleText of(Obstacle obstacle) {
        return new ObstacleText(
                switch (obstacle) {
                    case Obstacle.NobodyFit(var allowed) ->
                            placement(allowed) + ", but no other of these can take over";
                    case Obstacle.NamedUnfit(var named, var why) ->
                            named + " cannot take over: " + UnfitnessWords.of(why);
                    case Obstacle.NamedForbidden(var named, var allowed) ->
                            placement(allowed) + ", not " + named;
                });
    }

    private static String placement(List<ClusterId> allowed) {
        return allowed.isEmpty() ? "any cluster may own it" : "placement allows " + allowed;
    }
}
