# A new bucket in one region, behind data.acme.com, for two offices and a web app.
terraform {
  required_version = ">= 1.9"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 7.11, < 9.0"
    }
  }
}

provider "google" {
  project = "my-gcp-project"
}

module "unsigned_access" {
  source = "../.."

  project_id    = "my-gcp-project"
  domain        = "data.acme.com"
  managed_zone  = "acme-com"
  bucket_name   = "acme-data"
  bucket_region = "europe-west2"
  allowed_ips   = ["39.42.20.11/32", "130.192.120.0/24", "2001:db8:77::/48"]
  cors_origins  = ["https://latchkey.acme.com"]
  enable_ipv6   = true
}

output "base_url" {
  value = module.unsigned_access.base_url
}
