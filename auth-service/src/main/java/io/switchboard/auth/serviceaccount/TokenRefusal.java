package io.switchboard.auth.serviceaccount;

/** A refusal in the words of RFC 6749, 5.2. */
final class TokenRefusal extends RuntimeException {
    private final int status;
    private final String error;

    TokenRefusal(int status, String error) {
        super(error, null, false, false);
        this.status = status;
        this.error = error;
    }

    static TokenRefusal malformed() {
        return new TokenRefusal(400, "invalid_request");
    }

    int status() {
        return status;
    }

    String error() {
        return error;
    }
}
