# The CDN: a web ACL that refuses by default, and a bucket that only the distribution reads.

mock_provider "aws" {
  mock_resource "aws_acm_certificate" {
    defaults = {
      arn = "arn:aws:acm:us-east-1:123456789012:certificate/0"
      domain_validation_options = [{
        domain_name           = "data.acme.com"
        resource_record_name  = "_x.data.acme.com."
        resource_record_type  = "CNAME"
        resource_record_value = "_y.acm-validations.aws."
      }]
    }
  }
}

variables {
  domain        = "data.acme.com"
  managed_zone  = "Z0123456789ABC"
  bucket_name   = "acme-data"
  bucket_region = "eu-west-2"
  allowed_ips   = ["39.42.20.11/32", "130.192.120.0/24", "2001:db8:77::/48"]
  cors_origins  = ["https://latchkey.acme.com"]
}

run "what_is_made_by_default" {
  command = apply

  assert {
    condition     = length(one(aws_wafv2_web_acl.this[0].default_action).block) == 1 && length(one(aws_wafv2_web_acl.this[0].default_action).allow) == 0
    error_message = "Who is on no list is refused."
  }

  assert {
    condition     = aws_cloudfront_distribution.this[0].web_acl_id == aws_wafv2_web_acl.this[0].arn
    error_message = "The distribution asks the web ACL."
  }

  assert {
    condition     = aws_wafv2_ip_set.allowed["IPV4"].addresses == toset(["39.42.20.11/32", "130.192.120.0/24"]) && aws_wafv2_ip_set.allowed["IPV6"].addresses == toset(["2001:db8:77::/48"])
    error_message = "IPv4 and IPv6 are in sets of their own."
  }

  assert {
    condition     = length(aws_wafv2_web_acl.this[0].rule) == 2 && aws_cloudfront_distribution.this[0].is_ipv6_enabled
    error_message = "Both sets are allowed, and IPv6 is on."
  }

  assert {
    condition     = jsondecode(aws_s3_bucket_policy.this[0].policy).Statement[0].Condition.StringEquals["AWS:SourceArn"] == aws_cloudfront_distribution.this[0].arn
    error_message = "The policy names the distribution."
  }

  assert {
    condition     = aws_s3_bucket_public_access_block.this[0].block_public_policy && aws_s3_bucket_public_access_block.this[0].restrict_public_buckets
    error_message = "Public access is blocked."
  }

  assert {
    condition     = aws_cloudfront_origin_access_control.this[0].signing_behavior == "always"
    error_message = "Requests to the bucket are signed."
  }

  assert {
    condition     = aws_wafv2_web_acl.this[0].region == "us-east-1" && aws_acm_certificate.this[0].region == "us-east-1" && aws_s3_bucket.this[0].region == "eu-west-2"
    error_message = "CloudFront takes web ACLs and certificates of us-east-1 alone; the bucket is where the user wants it."
  }

  assert {
    condition     = one(one(one(aws_cloudfront_cache_policy.this[0].parameters_in_cache_key_and_forwarded_to_origin).query_strings_config).query_strings).items == toset(["versionId"])
    error_message = "Only the version is sent on."
  }
}

run "without_ipv6_networks_ipv6_is_off" {
  command = apply

  variables {
    allowed_ips = ["39.42.20.11"]
  }

  assert {
    condition     = keys(aws_wafv2_ip_set.allowed) == ["IPV4"] && aws_cloudfront_distribution.this[0].is_ipv6_enabled == false && keys(aws_route53_record.this) == ["A"]
    error_message = "Clients with IPv6 would be locked out."
  }
}

run "refuses_no_certificate_and_no_zone" {
  command = plan

  variables {
    managed_zone = null
  }

  expect_failures = [var.certificate_arn]
}

run "refuses_a_certificate_of_another_region" {
  command = plan

  variables {
    certificate_arn = "arn:aws:acm:eu-west-2:123456789012:certificate/0"
  }

  expect_failures = [var.certificate_arn]
}

run "refuses_everybody" {
  command = plan

  variables {
    allowed_ips = ["::/0"]
  }

  expect_failures = [var.allowed_ips]
}

run "refuses_no_domain" {
  command = plan

  variables {
    domain = null
  }

  expect_failures = [var.domain]
}
