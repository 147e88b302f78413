package io.staddle.statemachine.admin;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.AdminCommand.AdmitServer;
import io.staddle.api.command.AdminCommand.NoteMembers;
import io.staddle.api.command.AdminCommand.PutConfig;
import io.staddle.api.command.AdminCommand.RaiseFeatureLevel;
import io.staddle.api.command.AdminCommand.ReplaceServer;
import io.staddle.api.event.AdminEvent;
import io.staddle.api.event.Event;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.MalformedException;
import io.staddle.api.model.Config;
import io.staddle.api.model.ServerRecord;
import io.staddle.api.model.Setting;
import io.staddle.api.model.SettingValue;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.clusters.Succession;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.holdings.Candidates;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Levels;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decides the commands about Staddle itself.
public final class AdminRules {
    private AdminRules() {}

    /// Decides one command on the state that `view` shows.
    public static Decision decide(AdminCommand command, Reads view, Tick tick) {
        return switch (command) {
            case PutConfig put -> putConfig(put, view, tick);
            case RaiseFeatureLevel raise -> raise(raise, view);
            case AdmitServer admit -> admit(admit, view);
            case ReplaceServer replace -> replace(replace, view);
            case NoteMembers note -> MemberRules.note(note, view);
        };
    }

    private static Decision putConfig(PutConfig put, Reads view, Tick tick) {
        Map<Setting, SettingValue> changes = new EnumMap<>(Setting.class);
        for (Map.Entry<String, String> change : put.changes().entrySet()) {
            Optional<Refusal> invalid =
                    parse(change.getKey(), change.getValue(), Configs.of(view), changes);
            if (invalid.isPresent()) {
                return refuse(invalid.get());
            }
        }
        Config current = Configs.of(view);
        boolean asAsked =
                changes.entrySet().stream()
                        .allMatch(each -> current.value(each.getKey()).equals(each.getValue()));
        if (asAsked) {
            return accept(new Answer.Configured(current));
        }
        Optional<Refusal> unknown = refuseUnknownClusters(changes, view);
        if (unknown.isPresent()) {
            return refuse(unknown.get());
        }
        if (current.version() != put.seenVersion()) {
            return refuse(
                    new Refusal.VersionConflict(
                            "configuration", "config", put.seenVersion(), current.version()));
        }
        Config next = current.with(changes);
        List<Event> events = new ArrayList<>();
        events.add(new AdminEvent.ConfigChanged(changes, next.version()));
        // Who was too far behind to take over may not be any more.
        events.addAll(Succession.afterChange(Candidates.of(view).with(next), view, tick));
        return accept(new Answer.Configured(next), events);
    }

    /// Adds what a change says to `parsed`, or says why it says nothing.
    private static Optional<Refusal> parse(
            String key, String text, Config current, Map<Setting, SettingValue> parsed) {
        Optional<Setting> setting = Setting.of(key);
        if (setting.isEmpty()) {
            return Optional.of(new Refusal.InvalidConfig(key, "a known setting", text));
        }
        int level = setting.get().level();
        if (current.featureLevel() < level) {
            return Optional.of(
                    new Refusal.InvalidConfig(key, "feature level " + level + " in force", text));
        }
        try {
            parsed.put(setting.get(), setting.get().parse(text));
            return Optional.empty();
        } catch (MalformedException e) {
            return Optional.of(
                    new Refusal.InvalidConfig(key, setting.get().range(), e.expectation().found()));
        }
    }

    private static Optional<Refusal> refuseUnknownClusters(
            Map<Setting, SettingValue> changes, Reads view) {
        for (Map.Entry<Setting, SettingValue> change : changes.entrySet()) {
            if (change.getValue() instanceof SettingValue.Clusters(var clusters)) {
                for (ClusterId cluster : clusters) {
                    if (view.get(Schema.CLUSTERS, cluster).isEmpty()) {
                        String key = change.getKey().key();
                        return Optional.of(
                                new Refusal.InvalidConfig(
                                        key, "registered clusters", cluster.value()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Decision raise(RaiseFeatureLevel raise, Reads view) {
        Config current = Configs.of(view);
        if (raise.level() == current.featureLevel()) {
            return accept(new Answer.Configured(current));
        }
        if (raise.level() < current.featureLevel() || raise.level() > Levels.NEWEST) {
            return refuse(
                    new Refusal.UnsupportedLevel(
                            raise.level(), current.featureLevel(), Levels.NEWEST));
        }
        return accept(
                new Answer.Configured(current.at(raise.level())),
                new AdminEvent.FeatureLevelRaised(raise.level()));
    }

    private static Decision admit(AdmitServer admit, Reads view) {
        ServerRecord wanted = new ServerRecord(admit.server(), admit.incarnation());
        Optional<ServerRecord> known = view.get(Schema.SERVERS, admit.server());
        if (known.isEmpty()) {
            return accept(
                    new Answer.Admitted(wanted),
                    new AdminEvent.ServerAdmitted(admit.server(), admit.incarnation()));
        }
        return known.get().equals(wanted)
                ? accept(new Answer.Admitted(wanted))
                : refuse(
                        new Refusal.ServerReplaced(
                                admit.server().value(),
                                known.get().incarnation(),
                                admit.incarnation()));
    }

    private static Decision replace(ReplaceServer replace, Reads view) {
        ServerRecord wanted = new ServerRecord(replace.server(), replace.incarnation());
        Optional<ServerRecord> known = view.get(Schema.SERVERS, replace.server());
        if (known.isEmpty()) {
            return refuse(new Refusal.NotFound("server", replace.server().value()));
        }
        if (known.get().equals(wanted)) {
            return accept(new Answer.Admitted(wanted));
        }
        return known.get().incarnation().equals(replace.lost())
                ? accept(
                        new Answer.Admitted(wanted),
                        new AdminEvent.ServerAdmitted(replace.server(), replace.incarnation()))
                : refuse(
                        new Refusal.ServerReplaced(
                                replace.server().value(),
                                known.get().incarnation(),
                                replace.lost()));
    }
}
