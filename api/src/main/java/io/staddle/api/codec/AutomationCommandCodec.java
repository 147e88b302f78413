package io.staddle.api.codec;

import io.staddle.api.command.AutomationCommand;
import io.staddle.api.command.Proposal;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.Origin;
import io.staddle.api.model.Reach;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.NoteFailoverBlocked;
import io.staddle.api.v1.PauseAutomation;
import io.staddle.api.v1.ResumeAutomation;

/// Codec of the commands about what happens by itself.
final class AutomationCommandCodec {
    private AutomationCommandCodec() {}

    static void encode(AutomationCommand command, Origin origin, Command.Builder to) {
        io.staddle.api.v1.Origin by = ModelCodec.encode(origin);
        switch (command) {
            case AutomationCommand.Pause c -> {
                PauseAutomation.Builder pause =
                        to.getPauseAutomationBuilder().setReason(c.reason()).setOrigin(by);
                switch (c.reach()) {
                    case Reach.AllClusters all -> pause.setAll(true);
                    case Reach.OneCluster(var cluster) -> pause.setCluster(cluster.value());
                }
            }
            case AutomationCommand.Resume c -> {
                ResumeAutomation.Builder resume = to.getResumeAutomationBuilder().setOrigin(by);
                switch (c.reach()) {
                    case Reach.AllClusters all -> resume.setAll(true);
                    case Reach.OneCluster(var cluster) -> resume.setCluster(cluster.value());
                }
            }
            case AutomationCommand.NoteFailoverBlocked c ->
                    to.setNoteFailoverBlocked(
                            NoteFailoverBlocked.newBuilder()
                                    .setCluster(c.cluster().value())
                                    .setOrigin(by));
        }
    }

    static Proposal pause(PauseAutomation c) {
        return new Proposal(
                new AutomationCommand.Pause(reach(c.getAll(), c.getCluster()), c.getReason()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal resume(ResumeAutomation c) {
        return new Proposal(
                new AutomationCommand.Resume(reach(c.getAll(), c.getCluster())),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal noteFailoverBlocked(NoteFailoverBlocked c) {
        return new Proposal(
                new AutomationCommand.NoteFailoverBlocked(new ClusterId(c.getCluster())),
                ModelCodec.decode(c.getOrigin()));
    }

    private static Reach reach(boolean all, String cluster) {
        return all ? Reach.ALL : new Reach.OneCluster(new ClusterId(cluster));
    }
}
