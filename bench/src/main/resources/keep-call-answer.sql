select record_call_answer('vapi', gen_random_uuid()::text, null, null, '{{agent}}', '{{owner}}');
