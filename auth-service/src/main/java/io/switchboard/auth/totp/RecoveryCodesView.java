package io.switchboard.auth.totp;

import java.util.List;

/** The recovery codes of a new second factor; shown once. */
record RecoveryCodesView(List<String> recoveryCodes) {

    @Override
    public String toString() {
        return "RecoveryCodesView";
    }
}
