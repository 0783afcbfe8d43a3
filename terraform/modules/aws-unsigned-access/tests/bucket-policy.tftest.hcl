# The bucket's own policy, without a CDN.

mock_provider "aws" {}

variables {
  mode          = "bucket_policy"
  bucket_name   = "acme-data"
  bucket_region = "eu-west-2"
  allowed_ips   = ["39.42.20.11", "39.42.20.11/32", "130.192.120.7/24"]
}

run "the_policy_names_the_networks" {
  command = apply

  assert {
    condition     = jsondecode(aws_s3_bucket_policy.this[0].policy).Statement[0].Condition.IpAddress["aws:SourceIp"] == ["130.192.120.0/24", "39.42.20.11/32"]
    error_message = "Only the networks of the list may get objects."
  }

  assert {
    condition     = jsondecode(aws_s3_bucket_policy.this[0].policy).Statement[0].Action == "s3:GetObject"
    error_message = "Nobody lists the bucket."
  }

  assert {
    condition     = length(aws_cloudfront_distribution.this) + length(aws_wafv2_web_acl.this) + length(aws_acm_certificate.this) + length(aws_route53_record.this) == 0
    error_message = "No CDN is made."
  }
}

run "an_existing_bucket_is_left_as_it_is" {
  command = apply

  variables {
    create_bucket = false
    cors_origins  = ["https://latchkey.acme.com"]
  }

  assert {
    condition     = length(aws_s3_bucket_policy.this) + length(aws_s3_bucket_cors_configuration.this) + length(aws_s3_bucket_public_access_block.this) == 0
    error_message = "Nothing of it is set unasked."
  }

  assert {
    condition     = jsondecode(output.bucket_policy).Statement[0].Sid == "AllowNetworks"
    error_message = "The output says which policy is needed."
  }
}

run "cors_is_set_where_it_is_asked_for" {
  command = apply

  variables {
    cors_origins = ["https://latchkey.acme.com"]
  }

  assert {
    condition     = one(aws_s3_bucket_cors_configuration.this[0].cors_rule).allowed_origins == toset(["https://latchkey.acme.com"])
    error_message = "The web app may read."
  }
}

run "refuses_more_networks_than_a_policy_holds" {
  command = plan

  variables {
    allowed_ips = [for i in range(401) : "10.${floor(i / 250)}.${i % 250}.1/32"]
  }

  expect_failures = [var.allowed_ips]
}

run "refuses_an_unknown_mode" {
  command = plan

  variables {
    mode = "public"
  }

  expect_failures = [var.mode]
}
