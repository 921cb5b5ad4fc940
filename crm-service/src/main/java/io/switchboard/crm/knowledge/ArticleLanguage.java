package io.switchboard.crm.knowledge;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;

/** The language that an article is written in: it tells which forms of a word a search finds. SIMPLE finds words as they are. */
public enum ArticleLanguage {
    ARABIC,
    ARMENIAN,
    BASQUE,
    CATALAN,
    DANISH,
    DUTCH,
    ENGLISH,
    FINNISH,
    FRENCH,
    GERMAN,
    GREEK,
    HINDI,
    HUNGARIAN,
    INDONESIAN,
    IRISH,
    ITALIAN,
    LITHUANIAN,
    NEPALI,
    NORWEGIAN,
    PORTUGUESE,
    ROMANIAN,
    RUSSIAN,
    SERBIAN,
    SIMPLE,
    SPANISH,
    SWEDISH,
    TAMIL,
    TURKISH,
    YIDDISH;

    /** As on the wire, in the database, and as PostgreSQL names its text search configuration. */
    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }
}
