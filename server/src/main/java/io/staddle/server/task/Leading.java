package io.staddle.server.task;

/// Holds the tasks' threads up while this server does not lead, so that a follower does not wake
/// them all several times a second only to find that they have nothing to do.
final class Leading {
    private boolean leads;

    /// Says whether this server leads.
    synchronized void set(boolean leads) {
        this.leads = leads;
        if (leads) {
            notifyAll();
        }
    }

    /// Returns at once while this server leads, and else when it begins to.
    synchronized void await() throws InterruptedException {
        while (!leads) {
            wait();
        }
    }
}
