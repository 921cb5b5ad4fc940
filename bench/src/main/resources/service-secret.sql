-- What POST /oauth2/token asks PostgreSQL of a service, one round trip.
select secret_hash from service_accounts where client_id = :client;
