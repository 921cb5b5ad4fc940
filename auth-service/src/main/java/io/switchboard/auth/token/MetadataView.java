package io.switchboard.auth.token;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/** Authorization server metadata, as RFC 8414 names things. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record MetadataView(
        String issuer,
        String jwksUri,
        String tokenEndpoint,
        List<String> grantTypesSupported,
        List<String> tokenEndpointAuthMethodsSupported,
        List<String> responseTypesSupported,
        List<String> subjectTypesSupported,
        List<String> idTokenSigningAlgValuesSupported) {}
