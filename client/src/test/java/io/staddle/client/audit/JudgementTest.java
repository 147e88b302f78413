package io.staddle.client.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.HoldingId;
import io.staddle.api.id.Revision;
import io.staddle.api.model.Ownership;
import io.staddle.api.model.Since;
import io.staddle.client.Held;
import io.staddle.client.audit.Finding.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

final class JudgementTest {
    private static final GrainId CART = GrainId.parse("cart/1");
    private static final long SEED = Long.getLong("staddle.seed", System.nanoTime());

    /// What the directory says is written `owner epoch @since`; a claim is written
    /// `claimant:owner epoch @seen`; the clusters eu and us are complete up to 50.
    @ParameterizedTest(name = "{0} | {1} -> {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    eu 7 @40       | a:eu 7 @10              | '' | 0
                    eu 7 @40       | a:eu 6 @40              | ZOMBIE | 0
                    eu 7 @40       | a:eu 6 @39              | '' | 1
                    us 7 @40       | a:eu 7 @45              | ZOMBIE ORPHAN | 0
                    us 7 @40       | a:eu 7 @39              | ORPHAN | 1
                    us 7 @51       | a:eu 7 @39              | '' | 2
                    us 7 @40       | a:eu 6 @45, b:us 7 @45  | ZOMBIE DOUBLE | 0
                    us 7 @40       | a:eu 6 @39, b:us 7 @45  | '' | 1
                    us 7 @40       | a:eu 7 @45, a:us 7 @45  | ZOMBIE DOUBLE | 0
                    eu 7 @40       | a:eu 7 @45, b:eu 7 @45  | DOUBLE | 0
                    eu 7 @40       | a:eu 7 @45, a:eu 7 @45  | '' | 0
                    eu 7 @40       | a:eu 8 @45              | UNKNOWN | 0
                    eu 7 @40       | a:eu 8 @45, b:eu 6 @45  | ZOMBIE UNKNOWN DOUBLE | 0
                    eu 7 @50       |                         | ORPHAN | 0
                    eu 7 @51       |                         | '' | 1
                    other 7 @40    |                         | '' | 0
                    other 7 @40    | a:eu 7 @45              | ZOMBIE | 0
                    released 7 @40 | a:eu 7 @45              | ZOMBIE | 0
                    released 7 @40 | a:eu 7 @39              | '' | 1
                    stranded 7 @40 | a:eu 6 @45              | ZOMBIE | 0
                    stranded 7 @40 |                         | '' | 0
                    unowned 7 @0   | a:eu 7 @45              | UNKNOWN | 0
                    """)
    void whatIsSaidOfAGrain(String actual, String claims, String found, long inFlight) {
        Judgement judgement = Judgement.of(ownership(actual), claims(claims), scope(50));
        assertThat(kinds(judgement)).isEqualTo(found);
        assertThat(judgement.inFlight()).isEqualTo(inFlight);
    }

    @Test
    void aFindingNamesThoseThatAreWrongAndADoubleOneAll() {
        List<Claim> claims = claims("a:eu 6 @45, b:us 7 @45, c:eu 5 @1");
        Judgement judgement = Judgement.of(ownership("us 7 @40"), claims, scope(50));
        assertThat(judgement.findings())
                .extracting(Finding::claims)
                .containsExactly(List.of(claims.get(0)), List.of(claims.get(0), claims.get(1)));
    }

    /// The model knows the whole past of the grain: a claim is wrong if it was so at each revision
    /// from the one that it names, and may be in flight if there was a change after that.
    @Test
    void whatIsFoundIsWhatAModelWithTheWholePastFinds() {
        Random random = new Random(SEED);
        for (int round = 0; round < 20_000; round++) {
            List<Ownership> past = past(random);
            List<Claim> claims = randomClaims(random, past.size());
            long complete = random.nextInt(past.size());
            assertThat(kinds(Judgement.of(past.getLast(), claims, scope(complete))))
                    .as("seed %d, round %d: %s, %s, %d", SEED, round, past, claims, complete)
                    .isEqualTo(modelled(past, claims, (int) complete));
        }
    }

    /// States of a grain by revision; each names the revision at which it began.
    private static List<Ownership> past(Random random) {
        String[] owners = {"eu", "us", "other", "released", "stranded"};
        List<Ownership> past = new ArrayList<>();
        int epoch = 1;
        for (int revision = 0; revision < 6; revision++) {
            boolean changes = revision == 0 || random.nextInt(3) == 0;
            epoch += changes ? random.nextInt(2) + (revision == 0 ? 0 : 1) : 0;
            past.add(
                    changes
                            ? ownership(
                                    owners[random.nextInt(owners.length)]
                                            + " "
                                            + epoch
                                            + " @"
                                            + revision)
                            : past.getLast());
        }
        return past;
    }

    private static List<Claim> randomClaims(Random random, int revisions) {
        List<Claim> claims = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String owner = random.nextBoolean() ? "eu" : "us";
            char claimant = (char) ('a' + random.nextInt(2));
            claims.addAll(
                    claims(
                            "%s:%s %d @%d"
                                    .formatted(
                                            claimant,
                                            owner,
                                            1 + random.nextInt(8),
                                            random.nextInt(revisions))));
        }
        return claims;
    }

    private static String modelled(List<Ownership> past, List<Claim> claims, int complete) {
        Set<Kind> found = EnumSet.noneOf(Kind.class);
        Ownership end = past.getLast();
        List<String> standing = new ArrayList<>();
        for (Claim claim : claims) {
            List<Ownership> heard = past.subList((int) claim.seen().index(), past.size());
            boolean isRight = end.isHeldBy(claim.held().holder(), claim.held().epoch());
            boolean mayBeLate = heard.stream().distinct().count() > 1;
            if (isRight || !mayBeLate) {
                standing.add(claim.claimant() + claim.held().holder());
            }
            if (!isRight && !mayBeLate) {
                boolean wasGiven = claim.held().epoch().compareTo(end.epoch()) <= 0;
                found.add(wasGiven ? Kind.ZOMBIE : Kind.UNKNOWN);
            }
        }
        if (standing.stream().distinct().count() > 1) {
            found.add(Kind.DOUBLE);
        }
        boolean isOld = past.subList(complete, past.size()).stream().distinct().count() == 1;
        boolean isOfScope = end.owner().filter(each -> !each.value().equals("other")).isPresent();
        boolean isClaimed =
                claims.stream()
                        .anyMatch(each -> end.owner().equals(Optional.of(each.held().holder())));
        if (isOfScope && isOld && !isClaimed) {
            found.add(Kind.ORPHAN);
        }
        return Stream.of(Kind.ZOMBIE, Kind.UNKNOWN, Kind.DOUBLE, Kind.ORPHAN)
                .filter(found::contains)
                .map(Kind::name)
                .collect(Collectors.joining(" "));
    }

    private static String kinds(Judgement judgement) {
        return judgement.findings().stream()
                .map(each -> each.kind().name())
                .collect(Collectors.joining(" "));
    }

    private static AuditScope scope(long complete) {
        Revision seen = new Revision(complete, 0);
        return new AuditScope(
                Map.of(new ClusterId("eu"), seen, new ClusterId("us"), seen), Optional.empty());
    }

    private static Ownership ownership(String text) {
        String[] words = text.split(" ", -1);
        Epoch epoch = new Epoch(Long.parseLong(words[1]));
        Since since = new Since(revision(words[2]), 0);
        ClusterId cluster = new ClusterId(words[0]);
        HoldingId holding = new HoldingId(1);
        return switch (words[0]) {
            case "unowned" -> new Ownership.Unowned(CART, epoch);
            case "released" -> new Ownership.Released(CART, cluster, epoch, since);
            case "stranded" -> new Ownership.Stranded(CART, cluster, epoch, since, holding);
            default -> new Ownership.Owned(CART, cluster, epoch, new Fence(1), since, 0, holding);
        };
    }

    private static List<Claim> claims(String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(", ", -1)).map(JudgementTest::claim).toList();
    }

    private static Claim claim(String text) {
        String[] words = text.split("[: ]", -1);
        Held held = new Held(CART, new ClusterId(words[1]), new Epoch(Long.parseLong(words[2])));
        return new Claim(words[0], held, revision(words[3]));
    }

    private static Revision revision(String text) {
        return new Revision(Long.parseLong(text.substring(1)), 0);
    }
}
