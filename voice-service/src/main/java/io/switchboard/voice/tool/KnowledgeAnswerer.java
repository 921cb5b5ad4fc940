package io.switchboard.voice.tool;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.text.CleanText;
import io.switchboard.voice.agent.AgentTool;
import io.switchboard.voice.answer.Answerer;
import io.switchboard.voice.livecall.AnswerContent;
import io.switchboard.voice.livecall.AnswerContent.Document;
import io.switchboard.voice.livecall.AnswerRequest;
import io.switchboard.voice.provider.Provider;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Answers a question with the passages of the knowledge base that the tool {@code search_knowledge} finds. */
@ApplicationScoped
class KnowledgeAnswerer implements Answerer<AnswerRequest.Knowledge> {
    private static final int LONGEST_QUERY = 500;

    private final CrmTools crm;

    KnowledgeAnswerer(CrmTools crm) {
        this.crm = crm;
    }

    @Override
    public Class<AnswerRequest.Knowledge> kind() {
        return AnswerRequest.Knowledge.class;
    }

    @Override
    public AnswerContent failure(AnswerRequest.Knowledge request) {
        return new AnswerContent.Failure(Sentences.NO_LOOK_UP);
    }

    @Override
    public Uni<AnswerContent> answer(
            CallerContext caller, Provider provider, AnswerRequest.Knowledge request, Duration left) {
        var query = request.query() == null ? "" : CleanText.of(request.query()).strip();
        if (!CleanText.isVisible(query)) {
            return Uni.createFrom().item(new AnswerContent.Documents(List.of()));
        }
        var body = new JsonObject().put("query", CleanText.cut(query, LONGEST_QUERY));
        return crm.use(caller, AgentTool.SEARCH_KNOWLEDGE.wire(), null, body.encode())
                .map(KnowledgeAnswerer::documents);
    }

    private static AnswerContent documents(JsonObject answer) {
        var articles = answer.getJsonObject("data", new JsonObject()).getJsonArray("articles", new JsonArray());
        return new AnswerContent.Documents(IntStream.range(0, articles.size())
                .mapToObj(place -> document(articles.getJsonObject(place), place))
                .toList());
    }

    /** Two rankings make the order, whose scores say nothing by themselves: so the similarity is by place. */
    private static Document document(JsonObject article, int place) {
        return new Document(
                article.getString("articleId"),
                article.getString("title") + ": " + article.getString("passage"),
                1.0 / (place + 1));
    }
}
