package io.staddle.statemachine.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.answer.Answer;
import io.staddle.api.answer.Outcome;
import io.staddle.api.command.AccessCommand;
import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.Command;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.IdentityName;
import io.staddle.api.model.Credential;
import io.staddle.api.model.Identity;
import io.staddle.api.model.Role;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.state.Levels;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.View;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/// Who may do what, as the log decides it. That each command repeated changes nothing is checked by
/// [Directory].
final class AccessRulesTest {
    private static final IdentityName ANN = new IdentityName("ann");
    private static final Role READER = new Role.Reader();
    private static final Role OWNER = new Role.Owner(new ClusterId("eu"));
    private static final Identity KNOWN = identity("1", 0, READER);

    private final Directory directory = Directory.onHeap();

    @Test
    void whoIsCreatedIsKnownUntilRevoked() {
        raise();
        assertThat(done(create(KNOWN))).isEqualTo(new Answer.Access(KNOWN));
        assertThat(known()).contains(KNOWN);

        done(new AccessCommand.RevokeIdentity(ANN));
        assertThat(known()).isEmpty();
        done(new AccessCommand.RevokeIdentity(ANN));
    }

    @Test
    void aNameIsTakenByAnotherTokenExpiryOrSetOfRoles() {
        raise();
        done(create(KNOWN));

        assertThat(refused(create(identity("2", 0, READER))))
                .isEqualTo(taken("another token or certificate"));
        assertThat(refused(create(identity("1", 5, READER)))).isEqualTo(taken("another expiry"));
        assertThat(refused(create(identity("1", 0, OWNER)))).isEqualTo(taken("roles [reader]"));
        assertThat(known()).contains(KNOWN);
    }

    @Test
    void rolesAreAddedAndTakenAway() {
        raise();
        done(create(KNOWN));

        done(new AccessCommand.ChangeRoles(ANN, List.of(OWNER), List.of()));
        assertThat(known().orElseThrow().roles()).containsExactly(OWNER, READER);
        done(new AccessCommand.ChangeRoles(ANN, List.of(), List.of(READER, OWNER)));
        assertThat(known().orElseThrow().roles()).isEmpty();
        assertThat(known().orElseThrow().credential()).isEqualTo(KNOWN.credential());
    }

    @Test
    void whoIsNotKnownHasNoRolesToChange() {
        raise();
        assertThat(refused(new AccessCommand.ChangeRoles(ANN, List.of(OWNER), List.of())))
                .isEqualTo(new Refusal.NotFound("identity", "ann"));
    }

    @Test
    void beforeItsFeatureLevelNobodyIsMadeKnown() {
        assertThat(refused(create(KNOWN)))
                .isInstanceOfSatisfying(
                        Refusal.UnsupportedLevel.class,
                        why -> assertThat(why.asked()).isEqualTo(Levels.ACCESS));
    }

    private void raise() {
        directory.apply(new AdminCommand.RaiseFeatureLevel(Levels.ACCESS));
    }

    private Answer done(Command command) {
        return ((Outcome.Done) directory.apply(command)).answer();
    }

    private Refusal refused(Command command) {
        return ((Outcome.Refused) directory.apply(command)).why();
    }

    private Optional<Identity> known() {
        try (View view = directory.store().view()) {
            return view.get(Schema.IDENTITIES, ANN);
        }
    }

    private static Refusal taken(String difference) {
        return new Refusal.AlreadyExists("identity", "ann", difference);
    }

    private static Command create(Identity identity) {
        return new AccessCommand.CreateIdentity(identity);
    }

    private static Identity identity(String digit, long expiresMillis, Role role) {
        return new Identity(
                ANN, new Credential.Token(digit.repeat(64)), expiresMillis, List.of(role));
    }
}
