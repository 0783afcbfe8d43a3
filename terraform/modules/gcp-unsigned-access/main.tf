locals {
  apis = setunion(
    ["compute.googleapis.com", "storage.googleapis.com", "iam.googleapis.com"],
    var.managed_zone == null ? [] : ["dns.googleapis.com"],
  )
  # Without the bits behind the prefix, and IPv6 in its short form: of two spellings of a network one is left.
  networks        = sort(distinct([for ip in var.allowed_ips : cidrsubnet(strcontains(ip, "/") ? ip : "${ip}/${strcontains(ip, ":") ? 128 : 32}", 0, 0)]))
  bucket          = var.create_bucket ? google_storage_bucket.this[0].name : data.google_storage_bucket.existing[0].name
  bucket_location = var.create_bucket ? google_storage_bucket.this[0].location : data.google_storage_bucket.existing[0].location
  origin_host     = "${local.bucket}.storage.googleapis.com"
  families        = var.enable_ipv6 ? toset(["IPV4", "IPV6"]) : toset(["IPV4"])
  suffixes        = { IPV4 = "", IPV6 = "-ipv6" }
  is_forced       = var.cache_mode == "FORCE_CACHE_ALL"
  makes_key       = nonsensitive(var.hmac_key == null)
  access_id       = local.makes_key ? google_storage_hmac_key.reader[0].access_id : nonsensitive(var.hmac_key.access_id)
  secret          = local.makes_key ? google_storage_hmac_key.reader[0].secret : var.hmac_key.secret
  makes_cert      = length(var.certificates) == 0
}

resource "google_project_service" "this" {
  for_each = var.enable_apis ? local.apis : toset([])

  project            = var.project_id
  service            = each.value
  disable_on_destroy = false
}

# The bucket, and the one who may read it.

resource "google_storage_bucket" "this" {
  count = var.create_bucket ? 1 : 0

  project                     = var.project_id
  name                        = var.bucket_name
  location                    = var.bucket_region
  storage_class               = "STANDARD"
  force_destroy               = false
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  labels                      = var.labels

  versioning {
    enabled = var.bucket_versioning
  }

  depends_on = [google_project_service.this]
}

data "google_storage_bucket" "existing" {
  count = var.create_bucket ? 0 : 1

  name = var.bucket_name
}

check "existing_bucket_is_private" {
  assert {
    condition     = var.create_bucket || try(data.google_storage_bucket.existing[0].public_access_prevention, "") == "enforced"
    error_message = "Public access to the bucket is not prevented (public_access_prevention is not \"enforced\"), so objects may be readable past the allow-list at storage.googleapis.com."
  }
}

resource "google_service_account" "reader" {
  count = local.makes_key ? 1 : 0

  project      = var.project_id
  account_id   = "${var.name_prefix}-service-account"
  display_name = "Reads ${var.bucket_name} for ${var.domain}"

  depends_on = [google_project_service.this]
}

# This role gets objects and does not list them, so that nobody reads the contents of the bucket at "/".
# The price: an object that is missing answers 403 like one that is forbidden.
resource "google_storage_bucket_iam_member" "reader" {
  count = local.makes_key ? 1 : 0

  bucket = local.bucket
  role   = "roles/storage.legacyObjectReader"
  member = "serviceAccount:${google_service_account.reader[0].email}"
}

resource "google_storage_hmac_key" "reader" {
  count = local.makes_key ? 1 : 0

  project               = var.project_id
  service_account_email = google_service_account.reader[0].email

  lifecycle {
    create_before_destroy = true
  }
}

# The allow-list. An edge policy is asked before the cache; a policy of type CLOUD_ARMOR is not asked for cache hits.

resource "google_compute_security_policy" "edge" {
  project     = var.project_id
  name        = "${var.name_prefix}-edge-policy"
  description = "Addresses that may read ${var.domain}"
  type        = "CLOUD_ARMOR_EDGE"

  # A rule takes ten networks at most.
  dynamic "rule" {
    for_each = { for index, networks in chunklist(local.networks, 10) : index => networks }

    content {
      action      = "allow"
      priority    = 1000 + rule.key
      description = "Allowed networks, part ${rule.key + 1}"

      match {
        versioned_expr = "SRC_IPS_V1"

        config {
          src_ip_ranges = rule.value
        }
      }
    }
  }

  rule {
    action      = "deny(403)"
    priority    = 2147483647
    description = "Everybody else"

    match {
      versioned_expr = "SRC_IPS_V1"

      config {
        src_ip_ranges = ["*"]
      }
    }
  }

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [google_project_service.this]
}

# The way to the bucket: signed by the load balancer, and cached.

resource "google_compute_global_network_endpoint_group" "origin" {
  project               = var.project_id
  name                  = "${var.name_prefix}-network-endpoint-group"
  network_endpoint_type = "INTERNET_FQDN_PORT"
  default_port          = 443

  depends_on = [google_project_service.this]
}

resource "google_compute_global_network_endpoint" "origin" {
  project                       = var.project_id
  global_network_endpoint_group = google_compute_global_network_endpoint_group.origin.id
  fqdn                          = local.origin_host
  port                          = google_compute_global_network_endpoint_group.origin.default_port
}

resource "google_compute_backend_service" "this" {
  project               = var.project_id
  name                  = "${var.name_prefix}-backend-service"
  description           = "Objects of ${var.bucket_name}"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  protocol              = "HTTPS"
  timeout_sec           = 3600
  compression_mode      = "DISABLED"
  enable_cdn            = true
  edge_security_policy  = google_compute_security_policy.edge.id

  backend {
    group = google_compute_global_network_endpoint_group.origin.id
  }

  # The signature covers the host. A cookie would be another header that the bucket does not expect.
  custom_request_headers = [
    "Host:${local.origin_host}",
    "Cookie:",
  ]

  # A request can ask the bucket for another content type; no script of an object runs under "sandbox".
  custom_response_headers = [
    "X-Cache-Hit:{cdn_cache_status}",
    "X-Content-Type-Options:nosniff",
    "Content-Security-Policy:sandbox",
    "Strict-Transport-Security:max-age=31536000",
  ]

  cdn_policy {
    cache_mode         = var.cache_mode
    default_ttl        = local.is_forced ? var.cache_ttl_seconds : null
    client_ttl         = local.is_forced ? min(var.client_ttl_seconds, var.cache_ttl_seconds) : null
    negative_caching   = false
    serve_while_stale  = 0
    request_coalescing = true

    cache_key_policy {
      include_host           = true
      include_protocol       = false
      include_query_string   = true
      query_string_whitelist = ["generation"]
    }

    bypass_cache_on_request_headers {
      header_name = "X-Bypass-Cache"
    }
  }

  security_settings {
    aws_v4_authentication {
      access_key_id = local.access_id
      access_key    = local.secret
      # The API does not tell the key, so a plan sees a rotation here alone.
      access_key_version = local.access_id
      origin_region      = lower(local.bucket_location)
    }
  }

  log_config {
    enable      = var.log_sample_rate > 0
    sample_rate = var.log_sample_rate
  }

  depends_on = [
    google_compute_global_network_endpoint.origin,
    google_storage_bucket_iam_member.reader,
  ]
}

resource "google_compute_url_map" "https" {
  project     = var.project_id
  name        = "${var.name_prefix}-lb"
  description = "${var.domain} to its bucket; any other host name to ${var.domain}"

  default_url_redirect {
    host_redirect          = var.domain
    https_redirect         = true
    redirect_response_code = "PERMANENT_REDIRECT"
    strip_query            = false
  }

  host_rule {
    hosts        = [var.domain]
    path_matcher = "objects"
  }

  path_matcher {
    name            = "objects"
    default_service = google_compute_backend_service.this.id

    dynamic "default_route_action" {
      for_each = length(var.cors_origins) > 0 ? [true] : []

      content {
        cors_policy {
          allow_origins  = sort(var.cors_origins)
          allow_methods  = ["GET", "HEAD", "OPTIONS"]
          allow_headers  = ["Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Range", "X-Bypass-Cache"]
          expose_headers = ["Content-Range", "Content-Length", "Content-Encoding", "Accept-Ranges", "ETag", "Last-Modified", "X-Cache-Hit", "Age"]
          max_age        = 3600
        }
      }
    }
  }
}

# TLS, and the way in.

resource "google_compute_ssl_policy" "this" {
  project         = var.project_id
  name            = "${var.name_prefix}-tls-policy"
  profile         = "MODERN"
  min_tls_version = "TLS_1_2"

  depends_on = [google_project_service.this]
}

resource "google_compute_managed_ssl_certificate" "this" {
  count = local.makes_cert ? 1 : 0

  project = var.project_id
  name    = coalesce(var.certificate_name, "${var.name_prefix}-certificate-${substr(sha1(var.domain), 0, 8)}")

  managed {
    domains = [var.domain]
  }

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [google_project_service.this]
}

resource "google_compute_target_https_proxy" "this" {
  project          = var.project_id
  name             = "${var.name_prefix}-https-proxy"
  url_map          = google_compute_url_map.https.id
  ssl_certificates = local.makes_cert ? [google_compute_managed_ssl_certificate.this[0].id] : var.certificates
  ssl_policy       = google_compute_ssl_policy.this.id
}

resource "google_compute_global_address" "this" {
  for_each = local.families

  project      = var.project_id
  name         = "${var.name_prefix}-ip${local.suffixes[each.value]}"
  ip_version   = each.value
  address_type = "EXTERNAL"

  depends_on = [google_project_service.this]
}

resource "google_compute_global_forwarding_rule" "https" {
  for_each = local.families

  project               = var.project_id
  name                  = "${var.name_prefix}-https-forwarding-rule${local.suffixes[each.value]}"
  target                = google_compute_target_https_proxy.this.id
  ip_address            = google_compute_global_address.this[each.value].id
  load_balancing_scheme = "EXTERNAL_MANAGED"
  port_range            = "443"
  labels                = var.labels
}

resource "google_compute_url_map" "redirect" {
  project     = var.project_id
  name        = "${var.name_prefix}-lb-https-redirect"
  description = "From http:// to https://"

  default_url_redirect {
    https_redirect         = true
    redirect_response_code = "PERMANENT_REDIRECT"
    strip_query            = false
  }

  depends_on = [google_project_service.this]
}

resource "google_compute_target_http_proxy" "redirect" {
  project = var.project_id
  name    = "${var.name_prefix}-http-proxy"
  url_map = google_compute_url_map.redirect.id
}

resource "google_compute_global_forwarding_rule" "http" {
  for_each = local.families

  project               = var.project_id
  name                  = "${var.name_prefix}-http-forwarding-rule${local.suffixes[each.value]}"
  target                = google_compute_target_http_proxy.redirect.id
  ip_address            = google_compute_global_address.this[each.value].id
  load_balancing_scheme = "EXTERNAL_MANAGED"
  port_range            = "80"
  labels                = var.labels
}

resource "google_dns_record_set" "this" {
  for_each = var.managed_zone == null ? toset([]) : local.families

  project      = var.project_id
  managed_zone = var.managed_zone
  name         = "${var.domain}."
  type         = each.value == "IPV6" ? "AAAA" : "A"
  ttl          = 300
  rrdatas      = [google_compute_global_address.this[each.value].address]

  depends_on = [google_project_service.this]
}
