# The load balancer: one scheme, one host name, CORS in one place, TLS 1.2, a log.

mock_provider "google" {}

variables {
  project_id   = "my-gcp-project"
  domain       = "data.acme.com"
  bucket_name  = "acme-data"
  allowed_ips  = ["39.42.20.11/32", "2001:db8::/48"]
  cors_origins = ["https://latchkey.acme.com"]
}

run "what_is_made_by_default" {
  command = apply

  assert {
    condition = alltrue([
      for rule in concat(values(google_compute_global_forwarding_rule.https), values(google_compute_global_forwarding_rule.http)) :
      rule.load_balancing_scheme == google_compute_backend_service.this.load_balancing_scheme
    ])
    error_message = "A forwarding rule and its backend service need the same load_balancing_scheme."
  }

  assert {
    condition     = toset(one(one(one(google_compute_url_map.https.path_matcher).default_route_action).cors_policy).allow_origins) == toset(["https://latchkey.acme.com"])
    error_message = "The origin of the web app is allowed."
  }

  assert {
    condition     = length(setsubtract(["Content-Range", "Content-Length", "Accept-Ranges", "ETag"], one(one(one(google_compute_url_map.https.path_matcher).default_route_action).cors_policy).expose_headers)) == 0
    error_message = "Viewers read by ranges, and need these headers exposed."
  }

  assert {
    condition     = tolist(one(one(google_compute_backend_service.this.cdn_policy).cache_key_policy).query_string_whitelist) == tolist(["generation"])
    error_message = "Only the generation is part of the key."
  }

  assert {
    condition     = one(google_compute_backend_service.this.cdn_policy).client_ttl == 300 && one(google_compute_backend_service.this.cdn_policy).default_ttl == 3600
    error_message = "Browsers keep copies for minutes, the CDN for an hour."
  }

  assert {
    condition     = google_compute_ssl_policy.this.min_tls_version == "TLS_1_2" && google_compute_target_https_proxy.this.ssl_policy == google_compute_ssl_policy.this.id
    error_message = "TLS 1.2 is the least."
  }

  assert {
    condition     = one(google_compute_backend_service.this.log_config).enable == true
    error_message = "Requests are logged."
  }

  assert {
    condition     = length(google_dns_record_set.this) == 0 && length(output.dns_records) == 1 && output.dns_records[0].type == "A"
    error_message = "Without a zone no record is made; the output says which is needed."
  }
}

run "no_cors_without_an_origin" {
  command = apply

  variables {
    cors_origins = []
  }

  assert {
    condition     = length(one(google_compute_url_map.https.path_matcher).default_route_action) == 0
    error_message = "No origin, no policy."
  }
}

run "obeys_the_origin_when_told_to" {
  command = plan

  variables {
    cache_mode = "USE_ORIGIN_HEADERS"
  }

  assert {
    condition     = one(google_compute_backend_service.this.cdn_policy).cache_mode == "USE_ORIGIN_HEADERS"
    error_message = "The mode is passed on."
  }
}

run "a_zone_and_ipv6_make_two_records" {
  command = apply

  variables {
    managed_zone = "acme-com"
    enable_ipv6  = true
  }

  assert {
    condition     = google_dns_record_set.this["IPV4"].type == "A" && google_dns_record_set.this["IPV6"].type == "AAAA"
    error_message = "One record for each kind of address."
  }

  assert {
    condition     = contains(keys(google_project_service.this), "dns.googleapis.com")
    error_message = "A record needs the API of Cloud DNS."
  }
}

run "another_domain_gets_another_certificate" {
  command = apply

  variables {
    domain = "other.acme.com"
  }

  assert {
    condition     = startswith(google_compute_managed_ssl_certificate.this[0].name, "cdn-certificate-") && google_compute_managed_ssl_certificate.this[0].name != "cdn-certificate-${substr(sha1("data.acme.com"), 0, 8)}"
    error_message = "The name follows the domain, so that the old certificate can go last."
  }
}

run "refuses_a_dns_name_as_zone" {
  command = plan

  variables {
    managed_zone = "acme.com"
  }

  expect_failures = [var.managed_zone]
}

run "refuses_a_url_as_domain" {
  command = plan

  variables {
    domain = "https://data.acme.com/"
  }

  expect_failures = [var.domain]
}

run "refuses_a_star_as_origin" {
  command = plan

  variables {
    cors_origins = ["*"]
  }

  expect_failures = [var.cors_origins]
}
