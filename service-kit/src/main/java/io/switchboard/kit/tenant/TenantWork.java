package io.switchboard.kit.tenant;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs a method that returns a {@code Uni} as one Hibernate Reactive transaction of the caller's tenant. In a POST the same
 * transaction honours {@code Idempotency-Key}, and the method's result must be what the resource answers.
 */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface TenantWork {}
