package io.staddle.bench;

/// CPU time that has been used by a moment, in microseconds: unlike times on a clock it says the
/// same when others want the machine, too.
///
/// @param nanos the moment
/// @param machine of the whole machine, with what its host kept for others
/// @param client of this process
/// @param leader of the leading server
/// @param servers of all servers
record Used(long nanos, long machine, long client, long leader, long servers) {
    static Used now(Deployment servers, int leader) {
        long all = servers.pids().stream().mapToLong(Proc::cpuMicros).sum();
        return new Used(
                System.nanoTime(),
                Proc.machineMicros(),
                Proc.cpuMicros(ProcessHandle.current().pid()),
                Proc.cpuMicros(servers.pid(leader)),
                all);
    }

    /// Returns what was used since a moment; `nanos` is how long that took.
    Used since(Used before) {
        return new Used(
                nanos - before.nanos,
                machine - before.machine,
                client - before.client,
                leader - before.leader,
                servers - before.servers);
    }

    /// Returns what this process and the servers used.
    long ours() {
        return client + servers;
    }

    /// Returns how many cores others used meanwhile, of a difference; quiet is below 0.15.
    double otherCores() {
        return Math.max(0, (machine - ours()) * 1e3 / nanos);
    }
}
