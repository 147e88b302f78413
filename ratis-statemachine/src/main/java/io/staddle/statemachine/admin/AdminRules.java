package io.staddle.statemachine.admin;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.AdminCommand.AdmitServer;
import io.staddle.api.command.AdminCommand.PutConfig;
import io.staddle.api.command.AdminCommand.RaiseFeatureLevel;
import io.staddle.api.command.AdminCommand.ReplaceServer;
import io.staddle.api.event.AdminEvent;
import io.staddle.api.id.MalformedException;
import io.staddle.api.model.Config;
import io.staddle.api.model.ServerRecord;
import io.staddle.api.model.Setting;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Decides the commands about Staddle itself.
public final class AdminRules {
    /// The newest rules that this version has.
    public static final int NEWEST_LEVEL = 1;

    private AdminRules() {}

    /// Decides one command on the state that `view` shows.
    public static Decision decide(AdminCommand command, Reads view) {
        return switch (command) {
            case PutConfig put -> putConfig(put, view);
            case RaiseFeatureLevel raise -> raise(raise, view);
            case AdmitServer admit -> admit(admit, view);
            case ReplaceServer replace -> replace(replace, view);
        };
    }

    private static Decision putConfig(PutConfig put, Reads view) {
        Config current = Configs.of(view);
        Map<Setting, Long> changes = new EnumMap<>(Setting.class);
        for (Map.Entry<String, String> change : put.changes().entrySet()) {
            Optional<Setting> setting = Setting.of(change.getKey());
            if (setting.isEmpty()) {
                return refuse(
                        new Refusal.InvalidConfig(
                                change.getKey(), "a known setting", change.getValue()));
            }
            try {
                changes.put(setting.get(), setting.get().parse(change.getValue()));
            } catch (MalformedException e) {
                return refuse(
                        new Refusal.InvalidConfig(
                                change.getKey(), setting.get().range(), e.expectation().found()));
            }
        }
        boolean asAsked =
                changes.entrySet().stream()
                        .allMatch(change -> current.get(change.getKey()) == change.getValue());
        if (asAsked) {
            return accept(new Answer.Configured(current));
        }
        if (current.version() != put.seenVersion()) {
            return refuse(
                    new Refusal.VersionConflict(
                            "configuration", "config", put.seenVersion(), current.version()));
        }
        Config next = current.with(changes);
        return accept(
                new Answer.Configured(next), new AdminEvent.ConfigChanged(changes, next.version()));
    }

    private static Decision raise(RaiseFeatureLevel raise, Reads view) {
        Config current = Configs.of(view);
        if (raise.level() == current.featureLevel()) {
            return accept(new Answer.Configured(current));
        }
        if (raise.level() < current.featureLevel() || raise.level() > NEWEST_LEVEL) {
            return refuse(
                    new Refusal.UnsupportedLevel(
                            raise.level(), current.featureLevel(), NEWEST_LEVEL));
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
