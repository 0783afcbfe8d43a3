# A bucket that exists, an HMAC key that was made outside, and a domain that is hosted elsewhere.
terraform {
  required_version = ">= 1.9"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 7.11, < 9.0"
    }
  }
}

variable "hmac_access_id" {
  type    = string
  default = "GOOG1EXAMPLE"
}

variable "hmac_secret" {
  type      = string
  default   = "set it by TF_VAR_hmac_secret"
  sensitive = true
}

provider "google" {
  project = "my-gcp-project"
}

module "unsigned_access" {
  source = "../.."

  project_id    = "my-gcp-project"
  domain        = "data.acme.com"
  bucket_name   = "acme-archive"
  create_bucket = false
  allowed_ips   = ["39.42.20.11"]
  cors_origins  = ["https://latchkey.acme.com"]

  hmac_key = {
    access_id = var.hmac_access_id
    secret    = var.hmac_secret
  }
}

output "dns_records" {
  value = module.unsigned_access.dns_records
}
