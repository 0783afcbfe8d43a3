# A new bucket behind CloudFront and data.acme.com, for two offices and a web app.
terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.0, < 7.0"
    }
  }
}

provider "aws" {
  region = "eu-west-2"
}

module "unsigned_access" {
  source = "../.."

  domain        = "data.acme.com"
  managed_zone  = "Z0123456789ABC"
  bucket_name   = "acme-data"
  bucket_region = "eu-west-2"
  allowed_ips   = ["39.42.20.11/32", "130.192.120.0/24", "2001:db8:77::/48"]
  cors_origins  = ["https://latchkey.acme.com"]
}

output "base_url" {
  value = module.unsigned_access.base_url
}
