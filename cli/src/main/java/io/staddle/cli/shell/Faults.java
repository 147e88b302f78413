package io.staddle.cli.shell;

import io.staddle.api.id.MalformedException;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.refusal.RefusalText;
import io.staddle.cli.output.Ink.Tone;
import io.staddle.client.StaddleClosedException;
import io.staddle.client.StaddleDeadlineException;
import io.staddle.client.StaddleException;
import io.staddle.client.StaddleForbiddenException;
import io.staddle.client.StaddleInterruptedException;
import io.staddle.client.StaddleOverloadedException;
import io.staddle.client.StaddleProtocolException;
import io.staddle.client.StaddleRefusedException;
import io.staddle.client.StaddleSupersededException;
import io.staddle.client.StaddleUnavailableException;
import io.staddle.client.StaddleUnknownOutcomeException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Says what went wrong, what was expected and what to do next, and picks the exit code.
final class Faults {
    private Faults() {}

    static ExitCode explain(Session session, Exception fault) {
        return switch (fault) {
            case StaddleException ofClient -> explain(session, ofClient);
            case CliException told -> {
                boolean refused = told.code() == ExitCode.REFUSED;
                say(session, refused ? "refused" : "error", words(told), told.next());
                yield told.code();
            }
            case MalformedException malformed -> {
                say(session, "error", words(malformed), "Correct it and try again.");
                yield ExitCode.USAGE;
            }
            case UncheckedIOException io -> onDisk(session, words(io));
            case IOException io -> onDisk(session, ofFile(io));
            case Exception bug -> {
                say(session, "bug", bug.toString(), "Please report it with the lines below.");
                bug.printStackTrace(session.shell().err());
                yield ExitCode.FAILED;
            }
        };
    }

    static void sayRefused(Session session, Refusal why) {
        RefusalText text = RefusalText.of(why);
        say(session, "refused", told(text), text.next());
    }

    /// What a refusal says, by its name and in words.
    static String told(RefusalText text) {
        return text.code() + ": " + text.message();
    }

    static void sayUnknown(Session session, String why) {
        say(
                session,
                "unknown",
                why + "; it may have been carried out or not",
                "Run the same command again: it does nothing twice.");
    }

    private static ExitCode explain(Session session, StaddleException fault) {
        String words = words(fault);
        return switch (fault) {
            case StaddleRefusedException refused -> session.refused(refused.why());
            case StaddleUnavailableException unavailable -> unavailable(session, words);
            case StaddleDeadlineException deadline -> unavailable(session, words);
            case StaddleOverloadedException overloaded -> unavailable(session, words);
            case StaddleForbiddenException forbidden -> {
                say(session, "forbidden", words, "Ask whoever runs this deployment.");
                yield ExitCode.FORBIDDEN;
            }
            case StaddleUnknownOutcomeException unknown -> {
                sayUnknown(session, words);
                yield ExitCode.UNKNOWN;
            }
            case StaddleInterruptedException interrupted -> {
                sayUnknown(session, words);
                yield ExitCode.UNKNOWN;
            }
            case StaddleProtocolException wrong when wrong.isAboutTheRequest() -> {
                say(session, "error", words, "Change what is named there, and run it again.");
                yield ExitCode.USAGE;
            }
            case StaddleProtocolException protocol -> {
                say(session, "error", words, "Compare `staddle --version` with `server list`.");
                yield ExitCode.FAILED;
            }
            case StaddleSupersededException superseded -> {
                say(session, "error", words, "Let one producer at a time append for an origin.");
                yield ExitCode.FAILED;
            }
            case StaddleClosedException closed -> {
                say(session, "error", words, "Run the same command again.");
                yield ExitCode.FAILED;
            }
        };
    }

    private static ExitCode unavailable(Session session, String words) {
        say(
                session,
                "unavailable",
                words,
                "See who is up: staddle server list. Another deployment: --endpoints. Longer:"
                        + " --timeout.");
        return ExitCode.UNAVAILABLE;
    }

    private static ExitCode onDisk(Session session, String words) {
        say(session, "error", words, "See to the file and try again.");
        return ExitCode.FAILED;
    }

    /// Says what is wrong with a file, without the name of a class.
    static String ofFile(IOException fault) {
        return switch (fault) {
            case NoSuchFileException e -> "there is no " + e.getFile();
            case FileAlreadyExistsException e -> e.getFile() + " is there already";
            case AccessDeniedException e ->
                    e.getFile() + " may not be read or written by this user";
            case FileSystemException e -> words(e);
            case IOException e -> e.toString();
        };
    }

    private static String words(Exception fault) {
        String message = fault.getMessage();
        return message == null ? fault.toString() : message;
    }

    private static void say(Session session, String kind, String what, String next) {
        session.say(session.ink().paint(Tone.BAD, kind + ":") + " " + what);
        session.say(next);
    }
}
