package io.staddle.server.admission;

import io.grpc.StatusRuntimeException;
import io.staddle.api.v1.DescribeServerRequest;
import io.staddle.api.v1.ServerDescription;
import io.staddle.server.config.ServerAddress;
import io.staddle.server.config.ServerConfig;
import io.staddle.server.data.DataRefusedException;
import io.staddle.server.data.Identity;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Asks the other servers, before this one joins them with an empty log, whether they know it.
///
/// If they know it with another incarnation, it lost its disk: it may have voted, and acknowledged
/// entries, that it knows nothing of now. Who cannot be reached says nothing: at the first start of
/// a deployment nobody can. [SelfAdmission] makes up for that later.
public final class PeerInquiry {
    private static final Logger LOG = LoggerFactory.getLogger(PeerInquiry.class);

    private PeerInquiry() {}

    /// Refuses to go on if another server knows this one with another data directory.
    ///
    /// @throws DataRefusedException if so, or if a server belongs to another deployment
    public static void require(ServerConfig config, Identity mine) {
        List<Callable<Optional<ServerDescription>>> questions =
                config.others().stream()
                        .<Callable<Optional<ServerDescription>>>map(other -> () -> describe(other))
                        .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Optional<ServerDescription>> answer : threads.invokeAll(questions)) {
                answer.get().ifPresent(found -> check(found, mine));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("asking the other servers failed", e);
        }
    }

    private static void check(ServerDescription other, Identity mine) {
        if (!other.getDeployment().equals(mine.deployment())) {
            throw new DataRefusedException(
                    "Server %s at %s belongs to deployment %s, this one to %s"
                            .formatted(
                                    other.getServer(),
                                    other.getApiAddress(),
                                    other.getDeployment(),
                                    mine.deployment()),
                    "Check the keys deployment and servers in the configuration");
        }
        String known = other.getAdmittedOrDefault(mine.server().value(), mine.incarnation());
        if (!known.equals(mine.incarnation())) {
            throw Replaced.of(mine, known, "server " + other.getServer());
        }
    }

    private static Optional<ServerDescription> describe(ServerAddress other) {
        try {
            DescribeServerRequest request = DescribeServerRequest.getDefaultInstance();
            return Optional.of(Peers.servers(other.api()).describe(request));
        } catch (StatusRuntimeException notReached) {
            LOG.info("server {} at {} could not be asked", other.id(), other.api());
            return Optional.empty();
        }
    }
}
