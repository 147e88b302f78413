package io.staddle.statemachine.admin;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.AdminCommand.NoteMembers;
import io.staddle.api.event.AdminEvent;
import io.staddle.api.id.ServerId;
import io.staddle.api.model.MemberChangeKind;
import io.staddle.api.model.MemberRecord;
import io.staddle.api.model.NotedChange;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Levels;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Finds out how the quorum has changed since it was noted last.
final class MemberRules {
    private MemberRules() {}

    static Decision note(NoteMembers note, Reads view) {
        Optional<Refusal> early = Levels.refuse(note, Configs.of(view).featureLevel());
        if (early.isPresent()) {
            return refuse(early.get());
        }
        List<MemberRecord> before = view.values(Schema.MEMBERS);
        if (before.equals(note.members())) {
            return accept(new Answer.Noted());
        }
        // Of the first there is nothing to tell: nobody has changed anything.
        List<NotedChange> changes =
                before.isEmpty() ? List.of() : changes(byName(before), byName(note.members()));
        return accept(new Answer.Noted(), new AdminEvent.MembersChanged(changes, note.members()));
    }

    private static List<NotedChange> changes(
            Map<ServerId, MemberRecord> before, Map<ServerId, MemberRecord> after) {
        List<NotedChange> changes = new ArrayList<>();
        Map<ServerId, MemberRecord> all = new TreeMap<>(before);
        all.putAll(after);
        for (ServerId server : all.keySet()) {
            Optional<MemberRecord> was = Optional.ofNullable(before.get(server));
            Optional<MemberRecord> is = Optional.ofNullable(after.get(server));
            standing(was, is).ifPresent(kind -> changes.add(new NotedChange(server, kind)));
            if (was.isPresent() && is.isPresent() && was.get().priority() != is.get().priority()) {
                changes.add(new NotedChange(server, MemberChangeKind.PRIORITY_CHANGED));
            }
        }
        return changes;
    }

    private static Optional<MemberChangeKind> standing(
            Optional<MemberRecord> was, Optional<MemberRecord> is) {
        if (is.isEmpty()) {
            return Optional.of(MemberChangeKind.REMOVED);
        }
        boolean votes = is.get().votes();
        if (was.isEmpty()) {
            return Optional.of(votes ? MemberChangeKind.ADDED : MemberChangeKind.LISTENS);
        }
        if (was.get().votes() == votes) {
            return Optional.empty();
        }
        return Optional.of(votes ? MemberChangeKind.PROMOTED : MemberChangeKind.DEMOTED);
    }

    private static Map<ServerId, MemberRecord> byName(List<MemberRecord> members) {
        Map<ServerId, MemberRecord> named = new TreeMap<>();
        members.forEach(each -> named.put(each.server(), each));
        return named;
    }
}
