package io.switchboard.auth.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.switchboard.kit.http.PageOf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of users.
 *
 * @param voice available or unavailable: whether voice-service gave its figures
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record UserStatisticsPage(
        List<UserStatisticsView> items, @Nullable String nextCursor, String voice) {

    static UserStatisticsPage of(PageOf<UserStatisticsView> page, VoiceUserStatistics voice) {
        var items = page.items().stream()
                .map(user -> user.with(voice.of(user.id())))
                .toList();
        return new UserStatisticsPage(items, page.nextCursor(), voice.voice());
    }
}
