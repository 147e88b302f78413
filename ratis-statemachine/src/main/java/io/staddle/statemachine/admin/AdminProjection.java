package io.staddle.statemachine.admin;

import io.staddle.api.event.AdminEvent;
import io.staddle.api.model.Config;
import io.staddle.api.model.ServerRecord;
import io.staddle.statemachine.directory.QuotaProjection;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Batch;

/// Records what happened to Staddle itself. It never refuses.
public final class AdminProjection {
    private AdminProjection() {}

    /// Records one event.
    public static void record(AdminEvent event, Batch batch) {
        switch (event) {
            case AdminEvent.ConfigChanged(var changes, _) -> {
                Config before = Configs.of(batch);
                Config after = before.with(changes);
                batch.put(Schema.CONFIG, Schema.CONFIG_KEY, after);
                QuotaProjection.follow(before, after, batch);
            }
            case AdminEvent.FeatureLevelRaised(var level) ->
                    batch.put(Schema.CONFIG, Schema.CONFIG_KEY, Configs.of(batch).at(level));
            case AdminEvent.ServerAdmitted(var server, var incarnation) ->
                    batch.put(Schema.SERVERS, server, new ServerRecord(server, incarnation));
            case AdminEvent.MembersChanged(_, var members) -> {
                batch.values(Schema.MEMBERS).stream()
                        .filter(each -> !members.contains(each))
                        .forEach(each -> batch.delete(Schema.MEMBERS, each.server()));
                members.forEach(each -> batch.put(Schema.MEMBERS, each.server(), each));
            }
        }
    }
}
