terraform {
  required_version = ">= 1.9"

  required_providers {
    # From version 6 on a resource says its own region, which the parts of CloudFront in us-east-1 need.
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.0, < 7.0"
    }
  }
}
