package io.switchboard.crm.embedding;

/** What readers see of an article. */
public record PublishedText(String title, String content) {}
