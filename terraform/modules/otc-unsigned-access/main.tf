locals {
  # Without the bits behind the prefix: of two spellings of a network one is left.
  networks    = sort(distinct([for ip in var.allowed_ips : cidrsubnet(strcontains(ip, "/") ? ip : "${ip}/32", 0, 0)]))
  bucket      = var.create_bucket ? opentelekomcloud_obs_bucket.this[0].bucket : var.bucket_name
  sets_policy = coalesce(var.manage_bucket_policy, var.create_bucket)

  # Nothing lists the bucket, so a missing object answers 403 like one that is forbidden. By HTTP nobody is let in.
  bucket_policy = jsonencode({
    Statement = [{
      Sid       = "AllowNetworks"
      Effect    = "Allow"
      Principal = { ID = ["*"] }
      Action    = ["GetObject", "GetObjectVersion"]
      Resource  = ["${local.bucket}/*"]
      Condition = {
        IpAddress = { SourceIp = local.networks }
        Bool      = { SecureTransport = ["true"] }
      }
    }]
  })
}

resource "opentelekomcloud_obs_bucket" "this" {
  count = var.create_bucket ? 1 : 0

  bucket        = var.bucket_name
  region        = var.bucket_region
  acl           = "private"
  storage_class = "STANDARD"
  versioning    = var.bucket_versioning
  force_destroy = false
  tags          = var.tags

  dynamic "cors_rule" {
    for_each = length(var.cors_origins) > 0 ? [true] : []

    content {
      allowed_origins = sort(var.cors_origins)
      allowed_methods = ["GET", "HEAD"]
      allowed_headers = ["Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Range"]
      expose_headers  = ["Content-Range", "Content-Length", "Content-Encoding", "Accept-Ranges", "ETag", "Last-Modified"]
      max_age_seconds = 3600
    }
  }

  dynamic "logging" {
    for_each = var.log_bucket == null ? [] : [true]

    content {
      target_bucket = var.log_bucket
      target_prefix = "${var.bucket_name}/"
      agency        = var.log_agency
    }
  }
}

resource "opentelekomcloud_obs_bucket_policy" "this" {
  count = local.sets_policy ? 1 : 0

  bucket = local.bucket
  policy = local.bucket_policy
}
