package io.switchboard.auth.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.switchboard.kit.http.PageOf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of users.
 *
 * @param voice none: voice-service keeps no figures of single users yet
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record UserStatisticsPage(
        List<UserStatisticsView> items, @Nullable String nextCursor, String voice) {

    static UserStatisticsPage of(PageOf<UserStatisticsView> page) {
        return new UserStatisticsPage(page.items(), page.nextCursor(), "none");
    }
}
