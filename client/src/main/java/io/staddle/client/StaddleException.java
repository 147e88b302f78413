package io.staddle.client;

import java.io.Serial;

/// Why a call has no answer. Refusals are no exceptions: see [Result].
public abstract sealed class StaddleException extends RuntimeException
        permits StaddleClosedException,
                StaddleDeadlineException,
                StaddleForbiddenException,
                StaddleInterruptedException,
                StaddleOverloadedException,
                StaddleProtocolException,
                StaddleRefusedException,
                StaddleSupersededException,
                StaddleUnavailableException,
                StaddleUnknownOutcomeException {
    @Serial private static final long serialVersionUID = 1;

    StaddleException(String message) {
        super(message);
    }
}
