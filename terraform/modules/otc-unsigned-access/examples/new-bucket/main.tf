# A new bucket for two offices and a web app.
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

  bucket_name  = "acme-data"
  allowed_ips  = ["39.42.20.11/32", "130.192.120.0/24"]
  cors_origins = ["https://latchkey.acme.com"]
}

output "base_url" {
  value = module.unsigned_access.base_url
}
