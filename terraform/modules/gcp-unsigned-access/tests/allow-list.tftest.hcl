# The allow-list: asked before the cache, of any length, and closed by default.

mock_provider "google" {}

variables {
  project_id  = "my-gcp-project"
  domain      = "data.acme.com"
  bucket_name = "acme-data"
}

run "an_edge_policy_guards_cache_hits" {
  command = apply

  variables {
    allowed_ips = ["39.42.20.11/32"]
  }

  assert {
    condition     = google_compute_security_policy.edge.type == "CLOUD_ARMOR_EDGE"
    error_message = "Only a policy of type CLOUD_ARMOR_EDGE is asked for cache hits."
  }

  assert {
    condition     = google_compute_backend_service.this.edge_security_policy == google_compute_security_policy.edge.id
    error_message = "The edge policy is not attached as edge_security_policy."
  }
}

run "more_than_ten_networks_become_several_rules" {
  command = apply

  variables {
    allowed_ips = [for i in range(25) : "203.0.113.${i}/32"]
  }

  assert {
    condition     = length(google_compute_security_policy.edge.rule) == 4
    error_message = "25 networks are three rules that allow, and the one that denies."
  }

  assert {
    condition     = alltrue([for rule in google_compute_security_policy.edge.rule : length(one(one(rule.match).config).src_ip_ranges) <= 10])
    error_message = "A rule takes ten networks at most."
  }

  assert {
    condition     = length(toset(flatten([for rule in google_compute_security_policy.edge.rule : one(one(rule.match).config).src_ip_ranges if rule.action == "allow"]))) == 25
    error_message = "Each network is in a rule."
  }
}

run "everybody_else_is_denied" {
  command = apply

  variables {
    allowed_ips = ["39.42.20.11"]
  }

  assert {
    condition     = one([for rule in google_compute_security_policy.edge.rule : rule.action if rule.priority == 2147483647 && one(one(rule.match).config).src_ip_ranges == toset(["*"])]) == "deny(403)"
    error_message = "The last rule denies everybody."
  }

  assert {
    condition     = one([for rule in google_compute_security_policy.edge.rule : one(one(one(rule.match).config).src_ip_ranges) if rule.action == "allow"]) == "39.42.20.11/32"
    error_message = "A single address is a network of one."
  }
}

run "two_spellings_of_a_network_are_one" {
  command = apply

  variables {
    allowed_ips = ["39.42.20.11", "39.42.20.11/32", "130.192.120.7/24", "130.192.120.0/24", "2001:DB8:0::/48", "2001:db8::/48"]
  }

  assert {
    condition     = one([for rule in google_compute_security_policy.edge.rule : one(one(rule.match).config).src_ip_ranges if rule.action == "allow"]) == toset(["130.192.120.0/24", "2001:db8::/48", "39.42.20.11/32"])
    error_message = "Each network is in the rule once, without bits behind its prefix."
  }
}

run "refuses_an_empty_list" {
  command = plan

  variables {
    allowed_ips = []
  }

  expect_failures = [var.allowed_ips]
}

run "refuses_everybody" {
  command = plan

  variables {
    allowed_ips = ["0.0.0.0/0"]
  }

  expect_failures = [var.allowed_ips]
}

run "refuses_what_is_no_address" {
  command = plan

  variables {
    allowed_ips = ["office"]
  }

  expect_failures = [var.allowed_ips]
}

run "refuses_ipv6_without_a_network" {
  command = plan

  variables {
    allowed_ips = ["39.42.20.11/32"]
    enable_ipv6 = true
  }

  expect_failures = [var.enable_ipv6]
}
