-- What GET /api/auth/session does in PostgreSQL, one round trip.
select org_id, client_id, company_name, expires_at from validate_session(decode(:hash{{session}}, 'hex'));
