# A bucket that exists, read straight from S3 by one office.
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

  mode                   = "bucket_policy"
  bucket_name            = "acme-archive"
  create_bucket          = false
  manage_bucket_settings = true
  bucket_region          = "eu-west-2"
  allowed_ips            = ["39.42.20.11"]
  cors_origins           = ["https://latchkey.acme.com"]
}

output "base_url" {
  value = module.unsigned_access.base_url
}
