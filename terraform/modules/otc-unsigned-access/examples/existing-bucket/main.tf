# A bucket that exists, whose policy is set.
terraform {
  required_version = ">= 1.9"

  required_providers {
    opentelekomcloud = {
      source  = "opentelekomcloud/opentelekomcloud"
      version = ">= 1.36, < 2.0"
    }
  }
}

# OS_ACCESS_KEY, OS_SECRET_KEY and the like come from the environment.
provider "opentelekomcloud" {
  auth_url    = "https://iam.eu-de.otc.t-systems.com/v3"
  domain_name = "OTC00000000001000000000"
  tenant_name = "eu-de"
}

module "unsigned_access" {
  source = "../.."

  bucket_name          = "acme-archive"
  create_bucket        = false
  manage_bucket_policy = true
  allowed_ips          = ["39.42.20.11"]
}

output "base_url" {
  value = module.unsigned_access.base_url
}
