locals {
  # What belongs to CloudFront is managed in this region.
  edge_region = "us-east-1"

  has_cdn = var.mode == "cloudfront"
  # Without the bits behind the prefix, and IPv6 in its short form: of two spellings of a network one is left.
  networks       = sort(distinct([for ip in var.allowed_ips : cidrsubnet(strcontains(ip, "/") ? ip : "${ip}/${strcontains(ip, ":") ? 128 : 32}", 0, 0)]))
  by_family      = { for family, networks in { IPV4 = [for ip in local.networks : ip if !strcontains(ip, ":")], IPV6 = [for ip in local.networks : ip if strcontains(ip, ":")] } : family => networks if length(networks) > 0 }
  has_ipv6       = contains(keys(local.by_family), "IPV6")
  bucket         = var.create_bucket ? aws_s3_bucket.this[0].id : data.aws_s3_bucket.existing[0].id
  bucket_arn     = var.create_bucket ? aws_s3_bucket.this[0].arn : data.aws_s3_bucket.existing[0].arn
  bucket_host    = var.create_bucket ? aws_s3_bucket.this[0].bucket_regional_domain_name : data.aws_s3_bucket.existing[0].bucket_regional_domain_name
  sets_bucket    = coalesce(var.manage_bucket_settings, var.create_bucket)
  has_cors       = length(var.cors_origins) > 0
  makes_cert     = local.has_cdn && var.certificate_arn == null
  origin_id      = "bucket"
  expose_headers = ["Content-Range", "Content-Length", "Content-Encoding", "Accept-Ranges", "ETag", "Last-Modified", "X-Cache", "Age"]
  allow_headers  = ["Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Range"]
  cors_headers   = ["Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"]

  only_cdn = {
    Sid       = "AllowDistribution"
    Effect    = "Allow"
    Principal = { Service = "cloudfront.amazonaws.com" }
    Action    = "s3:GetObject"
    Resource  = "${local.bucket_arn}/*"
    Condition = { StringEquals = { "AWS:SourceArn" = local.has_cdn ? aws_cloudfront_distribution.this[0].arn : "" } }
  }
  only_networks = {
    Sid       = "AllowNetworks"
    Effect    = "Allow"
    Principal = "*"
    Action    = "s3:GetObject"
    Resource  = "${local.bucket_arn}/*"
    Condition = { IpAddress = { "aws:SourceIp" = local.networks } }
  }
  only_tls = {
    Sid       = "DenyWithoutTls"
    Effect    = "Deny"
    Principal = "*"
    Action    = "s3:*"
    Resource  = [local.bucket_arn, "${local.bucket_arn}/*"]
    Condition = { Bool = { "aws:SecureTransport" = "false" } }
  }
  # Nothing lists the bucket, so a missing object answers 403 like one that is forbidden.
  bucket_policy = local.has_cdn ? jsonencode({ Version = "2012-10-17", Statement = [local.only_cdn, local.only_tls] }) : jsonencode({ Version = "2012-10-17", Statement = [local.only_networks, local.only_tls] })
}

# The bucket, and who may read it.

resource "aws_s3_bucket" "this" {
  count = var.create_bucket ? 1 : 0

  region        = var.bucket_region
  bucket        = var.bucket_name
  force_destroy = false
  tags          = var.tags
}

data "aws_s3_bucket" "existing" {
  count = var.create_bucket ? 0 : 1

  region = var.bucket_region
  bucket = var.bucket_name
}

resource "aws_s3_bucket_versioning" "this" {
  count = var.create_bucket && var.bucket_versioning ? 1 : 0

  region = var.bucket_region
  bucket = local.bucket

  versioning_configuration {
    status = "Enabled"
  }
}

# A policy for some networks is none for the public: it stays in force under these.
resource "aws_s3_bucket_public_access_block" "this" {
  count = var.create_bucket ? 1 : 0

  region                  = var.bucket_region
  bucket                  = local.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "this" {
  count = local.sets_bucket ? 1 : 0

  region = var.bucket_region
  bucket = local.bucket
  policy = local.bucket_policy

  depends_on = [aws_s3_bucket_public_access_block.this]
}

resource "aws_s3_bucket_cors_configuration" "this" {
  count = local.sets_bucket && local.has_cors ? 1 : 0

  region = var.bucket_region
  bucket = local.bucket

  cors_rule {
    allowed_origins = sort(var.cors_origins)
    allowed_methods = ["GET", "HEAD"]
    allowed_headers = local.allow_headers
    expose_headers  = local.expose_headers
    max_age_seconds = 3600
  }
}

# The allow-list. A web ACL is asked for every request, before the cache.

resource "aws_wafv2_ip_set" "allowed" {
  for_each = local.has_cdn ? local.by_family : {}

  region             = local.edge_region
  name               = "${var.name_prefix}-${lower(each.key)}"
  description        = "Addresses that may read ${var.domain}"
  scope              = "CLOUDFRONT"
  ip_address_version = each.key
  addresses          = each.value
  tags               = var.tags
}

resource "aws_wafv2_web_acl" "this" {
  count = local.has_cdn ? 1 : 0

  region      = local.edge_region
  name        = var.name_prefix
  description = "Addresses that may read ${var.domain}"
  scope       = "CLOUDFRONT"
  tags        = var.tags

  default_action {
    block {
      custom_response {
        response_code            = 403
        custom_response_body_key = "refused"

        # Without it a web app sees a network error, and cannot say that its user is not on the list.
        dynamic "response_header" {
          for_each = local.has_cors ? [true] : []

          content {
            name  = "Access-Control-Allow-Origin"
            value = "*"
          }
        }

        response_header {
          name  = "Cache-Control"
          value = "no-store"
        }
      }
    }
  }

  custom_response_body {
    key          = "refused"
    content_type = "APPLICATION_JSON"
    content      = jsonencode({ error = "ip_not_allowed" })
  }

  dynamic "rule" {
    for_each = keys(local.by_family)

    content {
      name     = "allow-${lower(rule.value)}"
      priority = rule.key

      action {
        allow {}
      }

      statement {
        ip_set_reference_statement {
          arn = aws_wafv2_ip_set.allowed[rule.value].arn
        }
      }

      visibility_config {
        cloudwatch_metrics_enabled = true
        metric_name                = "${var.name_prefix}-allow-${lower(rule.value)}"
        sampled_requests_enabled   = true
      }
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "${var.name_prefix}-refused"
    sampled_requests_enabled   = true
  }
}

resource "aws_cloudwatch_log_group" "requests" {
  count = local.has_cdn && var.log_retention_days > 0 ? 1 : 0

  region = local.edge_region
  # The web ACL writes to groups alone whose name begins like this.
  name              = "aws-waf-logs-${var.name_prefix}"
  retention_in_days = var.log_retention_days
  tags              = var.tags
}

resource "aws_wafv2_web_acl_logging_configuration" "this" {
  count = local.has_cdn && var.log_retention_days > 0 ? 1 : 0

  region                  = local.edge_region
  resource_arn            = aws_wafv2_web_acl.this[0].arn
  log_destination_configs = [aws_cloudwatch_log_group.requests[0].arn]

  redacted_fields {
    single_header {
      name = "cookie"
    }
  }
}

# The CDN, which signs its requests to the bucket.

resource "aws_cloudfront_origin_access_control" "this" {
  count = local.has_cdn ? 1 : 0

  name                              = var.name_prefix
  description                       = "Signs requests to ${var.bucket_name}"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_cache_policy" "this" {
  count = local.has_cdn ? 1 : 0

  name        = var.name_prefix
  comment     = "Objects of ${var.bucket_name}"
  min_ttl     = var.cache_ttl_seconds
  default_ttl = var.cache_ttl_seconds
  max_ttl     = var.cache_ttl_seconds

  # What is not part of the key is not sent to the bucket: no caller chooses the content type of an answer.
  parameters_in_cache_key_and_forwarded_to_origin {
    enable_accept_encoding_brotli = false
    enable_accept_encoding_gzip   = false

    cookies_config {
      cookie_behavior = "none"
    }

    headers_config {
      header_behavior = "none"
    }

    query_strings_config {
      query_string_behavior = "whitelist"

      query_strings {
        items = ["versionId"]
      }
    }
  }
}

# The bucket answers preflights, for which it needs to know who asks.
resource "aws_cloudfront_origin_request_policy" "this" {
  count = local.has_cdn ? 1 : 0

  name    = var.name_prefix
  comment = "What preflights to ${var.bucket_name} need"

  cookies_config {
    cookie_behavior = "none"
  }

  headers_config {
    header_behavior = "whitelist"

    headers {
      items = local.cors_headers
    }
  }

  query_strings_config {
    query_string_behavior = "none"
  }
}

resource "aws_cloudfront_response_headers_policy" "this" {
  count = local.has_cdn ? 1 : 0

  name    = var.name_prefix
  comment = "Answers of ${var.domain}"

  # In every answer, whether the request named its origin or not: an image that is loaded without CORS would else
  # leave a copy in the browser that no script may read.
  dynamic "cors_config" {
    for_each = local.has_cors ? [true] : []

    content {
      access_control_allow_credentials = false
      access_control_max_age_sec       = 3600
      origin_override                  = true

      access_control_allow_origins {
        items = sort(var.cors_origins)
      }

      access_control_allow_methods {
        items = ["GET", "HEAD", "OPTIONS"]
      }

      access_control_allow_headers {
        items = local.allow_headers
      }

      access_control_expose_headers {
        items = local.expose_headers
      }
    }
  }

  security_headers_config {
    content_type_options {
      override = true
    }

    content_security_policy {
      content_security_policy = "sandbox"
      override                = true
    }

    strict_transport_security {
      access_control_max_age_sec = 31536000
      override                   = true
    }
  }

  custom_headers_config {
    items {
      header   = "Cache-Control"
      value    = "private, max-age=${min(var.client_ttl_seconds, var.cache_ttl_seconds)}"
      override = true
    }
  }
}

resource "aws_cloudfront_distribution" "this" {
  count = local.has_cdn ? 1 : 0

  enabled         = true
  comment         = "${var.domain} to ${var.bucket_name}"
  aliases         = [var.domain]
  is_ipv6_enabled = local.has_ipv6
  http_version    = "http2and3"
  price_class     = var.price_class
  web_acl_id      = aws_wafv2_web_acl.this[0].arn
  tags            = var.tags

  origin {
    origin_id                = local.origin_id
    domain_name              = local.bucket_host
    origin_access_control_id = aws_cloudfront_origin_access_control.this[0].id
  }

  default_cache_behavior {
    target_origin_id           = local.origin_id
    viewer_protocol_policy     = "redirect-to-https"
    allowed_methods            = ["GET", "HEAD", "OPTIONS"]
    cached_methods             = ["GET", "HEAD"]
    compress                   = false
    cache_policy_id            = aws_cloudfront_cache_policy.this[0].id
    origin_request_policy_id   = aws_cloudfront_origin_request_policy.this[0].id
    response_headers_policy_id = aws_cloudfront_response_headers_policy.this[0].id
  }

  # An object that is uploaded after somebody asked for it is there at once.
  dynamic "custom_error_response" {
    for_each = [403, 404, 500, 502, 503, 504]

    content {
      error_code            = custom_error_response.value
      error_caching_min_ttl = 0
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = local.makes_cert ? aws_acm_certificate_validation.this[0].certificate_arn : var.certificate_arn
    minimum_protocol_version = "TLSv1.2_2021"
    ssl_support_method       = "sni-only"
  }
}

resource "aws_acm_certificate" "this" {
  count = local.makes_cert ? 1 : 0

  region            = local.edge_region
  domain_name       = var.domain
  validation_method = "DNS"
  tags              = var.tags

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "certificate" {
  for_each = local.makes_cert ? toset([var.domain]) : toset([])

  zone_id         = var.managed_zone
  name            = one([for option in aws_acm_certificate.this[0].domain_validation_options : option.resource_record_name if option.domain_name == each.value])
  type            = one([for option in aws_acm_certificate.this[0].domain_validation_options : option.resource_record_type if option.domain_name == each.value])
  records         = [one([for option in aws_acm_certificate.this[0].domain_validation_options : option.resource_record_value if option.domain_name == each.value])]
  ttl             = 300
  allow_overwrite = true
}

resource "aws_acm_certificate_validation" "this" {
  count = local.makes_cert ? 1 : 0

  region                  = local.edge_region
  certificate_arn         = aws_acm_certificate.this[0].arn
  validation_record_fqdns = [for record in aws_route53_record.certificate : record.fqdn]
}

resource "aws_route53_record" "this" {
  for_each = local.has_cdn && var.managed_zone != null ? toset(local.has_ipv6 ? ["A", "AAAA"] : ["A"]) : toset([])

  zone_id = var.managed_zone
  name    = var.domain
  type    = each.value

  alias {
    name                   = aws_cloudfront_distribution.this[0].domain_name
    zone_id                = aws_cloudfront_distribution.this[0].hosted_zone_id
    evaluate_target_health = false
  }
}
