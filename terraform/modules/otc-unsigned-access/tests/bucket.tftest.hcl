# The bucket's policy: the networks of the list get objects, and nobody lists them.

mock_provider "opentelekomcloud" {}

variables {
  bucket_name = "acme-data"
  allowed_ips = ["39.42.20.11", "39.42.20.11/32", "130.192.120.7/24"]
}

run "the_policy_names_the_networks" {
  command = apply

  assert {
    condition     = jsondecode(opentelekomcloud_obs_bucket_policy.this[0].policy).Statement[0].Condition.IpAddress.SourceIp == ["130.192.120.0/24", "39.42.20.11/32"]
    error_message = "Only the networks of the list may get objects."
  }

  assert {
    condition     = jsondecode(opentelekomcloud_obs_bucket_policy.this[0].policy).Statement[0].Condition.Bool.SecureTransport == ["true"]
    error_message = "Nobody reads by HTTP."
  }

  assert {
    condition     = jsondecode(opentelekomcloud_obs_bucket_policy.this[0].policy).Statement[0].Action == ["GetObject", "GetObjectVersion"] && jsondecode(opentelekomcloud_obs_bucket_policy.this[0].policy).Statement[0].Resource == ["acme-data/*"]
    error_message = "Nobody lists the bucket."
  }

  assert {
    condition     = opentelekomcloud_obs_bucket.this[0].acl == "private"
    error_message = "The bucket itself is private."
  }

  assert {
    condition     = output.base_url == "https://acme-data.obs.eu-de.otc.t-systems.com/"
    error_message = "URLs are those of the storage."
  }
}

run "the_web_app_may_read" {
  command = apply

  variables {
    cors_origins = ["https://latchkey.acme.com"]
  }

  assert {
    condition     = contains(one(opentelekomcloud_obs_bucket.this[0].cors_rule).expose_headers, "Content-Range")
    error_message = "Viewers read by ranges."
  }
}

run "an_existing_bucket_is_left_as_it_is" {
  command = apply

  variables {
    create_bucket = false
  }

  assert {
    condition     = length(opentelekomcloud_obs_bucket.this) + length(opentelekomcloud_obs_bucket_policy.this) == 0 && jsondecode(output.bucket_policy).Statement[0].Sid == "AllowNetworks"
    error_message = "Nothing of it is set unasked; the output says what is needed."
  }
}

run "refuses_everybody" {
  command = plan

  variables {
    allowed_ips = ["0.0.0.0/0"]
  }

  expect_failures = [var.allowed_ips]
}

run "refuses_ipv6" {
  command = plan

  variables {
    allowed_ips = ["2001:db8::/48"]
  }

  expect_failures = [var.allowed_ips]
}

run "refuses_a_log_that_cannot_be_written" {
  command = plan

  variables {
    log_bucket = "acme-logs"
  }

  expect_failures = [var.log_agency]
}
