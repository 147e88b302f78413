package io.staddle.server.front;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import io.staddle.api.answer.Answer;
import io.staddle.api.answer.Outcome;
import io.staddle.api.codec.CommandCodec;
import io.staddle.api.command.AutomationCommand;
import io.staddle.api.command.Command;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.command.Proposal;
import io.staddle.api.id.Revision;
import io.staddle.api.id.ServerId;
import io.staddle.api.model.Origin;
import io.staddle.api.model.Reach;
import io.staddle.api.refusal.Refusal;
import io.staddle.server.raft.MemberChange;
import io.staddle.server.raft.PreparedCommand;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.util.List;

final class ChangeLogTest {
    private static final Outcome DONE =
            new Outcome.Done(new Revision(12, 3), new Answer.Removed("nothing", 0));
    private static final Outcome REFUSED =
            new Outcome.Refused(new Revision(12, 4), new Refusal.NotFound("cluster", "eu"));

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.staddle.change");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
    }

    @Test
    void aChangeIsALineWithRevisionActorReasonAndRequest() {
        add(new AutomationCommand.Resume(Reach.ALL), new Origin("alice", "all well", "r-1"), DONE);
        assertThat(lines.list).hasSize(1);
        assertThat(lines.list.getFirst().getFormattedMessage()).startsWith("Resume[");
        assertThat(lines.list.getFirst().getKeyValuePairs())
                .extracting(pair -> pair.key + "=" + pair.value)
                .containsExactly(
                        "revision=12.3",
                        "command=resume",
                        "actor=alice",
                        "reason=all well",
                        "request=r-1");
    }

    @Test
    void whatIsRefusedOrHappensAllTheTimeIsNone() {
        add(new AutomationCommand.Resume(Reach.ALL), Origin.NONE, REFUSED);
        add(new DirectoryCommand.ExpireLeases(1), Origin.NONE, DONE);
        assertThat(lines.list).isEmpty();
    }

    @Test
    void aChangeOfTheQuorumIsALineWithWhoIsProvedToHaveAsked() {
        ChangeLog.add(
                new MemberChange.Remove(new ServerId("s3")), new Origin("alice", "broken", ""));
        ChangeLog.add(new MemberChange.Prefer(new ServerId("s2"), 10), Origin.NONE);
        assertThat(lines.list)
                .extracting(line -> line.getFormattedMessage() + line.getKeyValuePairs())
                .containsExactly(
                        "Remove[server=s3][command=\"change_members\", actor=\"alice\","
                                + " reason=\"broken\"]",
                        "Prefer[server=s2, priority=10][command=\"change_members\"]");
    }

    private static void add(Command command, Origin origin, Outcome outcome) {
        Proposal proposal = new Proposal(command, origin);
        PreparedCommand prepared = new PreparedCommand(CommandCodec.encode(proposal), proposal);
        ChangeLog.add(List.of(prepared), List.of(outcome));
    }
}
