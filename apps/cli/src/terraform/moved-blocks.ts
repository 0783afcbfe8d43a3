/** Where the resources of the set-up in the document are in the module. What is missing here is made anew. */
const moves: readonly (readonly [from: string, to: string])[] = [
  ['google_storage_bucket.cdn_bucket', 'google_storage_bucket.this[0]'],
  ['google_compute_global_address.cdn_ip', 'google_compute_global_address.this["IPV4"]'],
  ['google_dns_record_set.cdn_dns_record', 'google_dns_record_set.this["IPV4"]'],
  [
    'google_compute_managed_ssl_certificate.cdn_certificate',
    'google_compute_managed_ssl_certificate.this[0]',
  ],
  ['google_compute_security_policy.cdn_security_policy', 'google_compute_security_policy.edge'],
  [
    'google_compute_global_network_endpoint_group.cdn_network_endpoint_group',
    'google_compute_global_network_endpoint_group.origin',
  ],
  [
    'google_compute_global_network_endpoint.cdn_network_endpoint',
    'google_compute_global_network_endpoint.origin',
  ],
  ['google_compute_backend_service.cdn_backend_service', 'google_compute_backend_service.this'],
  ['google_compute_url_map.cdn_lb', 'google_compute_url_map.https'],
  ['google_compute_target_https_proxy.cdn_https_proxy', 'google_compute_target_https_proxy.this'],
  [
    'google_compute_global_forwarding_rule.cdn_https_forwarding_rule',
    'google_compute_global_forwarding_rule.https["IPV4"]',
  ],
  ['google_compute_url_map.cdn_lb_https_redirect', 'google_compute_url_map.redirect'],
  ['google_compute_target_http_proxy.cdn_http_proxy', 'google_compute_target_http_proxy.redirect'],
  [
    'google_compute_global_forwarding_rule.cdn_http_forwarding_rule',
    'google_compute_global_forwarding_rule.http["IPV4"]',
  ],
  ['google_service_account.cdn_bucket_service_account', 'google_service_account.reader[0]'],
  ['google_storage_bucket_iam_member.cdn_bucket_object_reader', 'google_storage_bucket_iam_member.reader[0]'],
  ['google_storage_hmac_key.cdn_hmac_key', 'google_storage_hmac_key.reader[0]'],
];

/** The text of `moved.tf`: what exists is kept, under its new address. */
export const movedBlocks = (): string =>
  moves
    .map(([from, to]) => `moved {\n  from = ${from}\n  to   = module.unsigned_access.${to}\n}\n`)
    .join('\n');
