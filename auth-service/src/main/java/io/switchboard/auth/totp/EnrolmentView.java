package io.switchboard.auth.totp;

/**
 * What an authenticator app is set up with; shown once.
 *
 * @param secret base32
 */
record EnrolmentView(String secret, String otpauthUri) {

    @Override
    public String toString() {
        return "EnrolmentView";
    }
}
