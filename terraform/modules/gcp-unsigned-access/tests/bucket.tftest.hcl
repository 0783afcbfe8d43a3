# The bucket: private, signed for in its own region, made or found.

mock_provider "google" {
  mock_data "google_storage_bucket" {
    defaults = {
      location                 = "EUROPE-WEST2"
      public_access_prevention = "enforced"
    }
  }
}

variables {
  project_id  = "my-gcp-project"
  domain      = "data.acme.com"
  bucket_name = "acme-data"
  allowed_ips = ["39.42.20.11/32"]
}

run "a_new_bucket_is_private" {
  command = apply

  variables {
    bucket_region = "europe-west2"
  }

  assert {
    condition     = google_storage_bucket.this[0].public_access_prevention == "enforced" && google_storage_bucket.this[0].uniform_bucket_level_access
    error_message = "Nobody reads past the load balancer."
  }

  assert {
    condition     = google_storage_bucket.this[0].storage_class == "STANDARD"
    error_message = "MULTI_REGIONAL is refused in a region."
  }

  assert {
    condition     = one(one(google_compute_backend_service.this.security_settings).aws_v4_authentication).origin_region == "europe-west2"
    error_message = "Requests are signed for the region of the bucket."
  }

  assert {
    condition     = google_storage_bucket_iam_member.reader[0].role == "roles/storage.legacyObjectReader"
    error_message = "The reader gets objects, and lists none."
  }
}

run "an_existing_bucket_is_left_as_it_is" {
  command = apply

  variables {
    create_bucket = false
  }

  assert {
    condition     = length(google_storage_bucket.this) == 0
    error_message = "No bucket is made."
  }

  assert {
    condition     = one(one(google_compute_backend_service.this.security_settings).aws_v4_authentication).origin_region == "europe-west2"
    error_message = "The region is that of the existing bucket."
  }
}

run "warns_of_a_bucket_that_may_be_public" {
  command = plan

  variables {
    create_bucket = false
  }

  override_data {
    target = data.google_storage_bucket.existing[0]
    values = {
      location                 = "EU"
      public_access_prevention = "inherited"
    }
  }

  expect_failures = [check.existing_bucket_is_private]
}

run "a_given_key_is_used_and_none_is_made" {
  command = apply

  variables {
    hmac_key = {
      access_id = "GOOG1EXAMPLE"
      secret    = "not a real secret"
    }
  }

  assert {
    condition     = length(google_storage_hmac_key.reader) + length(google_service_account.reader) + length(google_storage_bucket_iam_member.reader) == 0
    error_message = "Whoever gives a key gives its permission as well."
  }

  assert {
    condition     = one(one(google_compute_backend_service.this.security_settings).aws_v4_authentication).access_key_version == "GOOG1EXAMPLE"
    error_message = "Another key is seen in a plan."
  }
}

run "refuses_a_bucket_name_with_dots" {
  command = plan

  variables {
    bucket_name = "data.acme.com"
  }

  expect_failures = [var.bucket_name]
}
