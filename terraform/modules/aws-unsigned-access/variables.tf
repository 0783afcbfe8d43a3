variable "mode" {
  type        = string
  default     = "cloudfront"
  description = "cloudfront: a CDN with an own domain, and a web ACL that is asked before its cache. bucket_policy: no CDN, the bucket itself asks for the address; three resources, in effect at once, URLs of S3."

  validation {
    condition     = contains(["cloudfront", "bucket_policy"], var.mode)
    error_message = "mode takes cloudfront or bucket_policy."
  }
}

variable "domain" {
  type        = string
  default     = null
  description = "Host name under which the objects are served, such as data.acme.com. The URLs of a manifest begin with it. Not used in the mode bucket_policy."

  validation {
    condition     = var.mode == "bucket_policy" || var.domain != null
    error_message = "The mode cloudfront needs a domain, such as data.acme.com."
  }

  validation {
    condition     = var.domain == null || can(regex("^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\\.)+[a-z][-a-z0-9]*[a-z0-9]$", coalesce(var.domain, "none")))
    error_message = "domain takes a lower-case host name, without https://, path or final dot, such as data.acme.com."
  }
}

variable "managed_zone" {
  type        = string
  default     = null
  description = "Id of the Route 53 hosted zone in which the records of the domain are created, such as Z0123456789ABC. Null: you create them, and certificate_arn is needed."

  validation {
    condition     = var.managed_zone == null || can(regex("^Z[A-Z0-9]{1,31}$", coalesce(var.managed_zone, "none")))
    error_message = "managed_zone takes the id of a hosted zone, such as Z0123456789ABC. `aws route53 list-hosted-zones` shows it after /hostedzone/."
  }
}

variable "certificate_arn" {
  type        = string
  default     = null
  description = "ARN of an own certificate of ACM in us-east-1. Null: one is issued, which managed_zone is needed for."

  validation {
    condition     = var.mode == "bucket_policy" || var.certificate_arn != null || var.managed_zone != null
    error_message = "Without managed_zone no certificate can be issued: give certificate_arn, or the hosted zone."
  }

  validation {
    condition     = var.certificate_arn == null || can(regex("^arn:aws[-a-z]*:acm:us-east-1:", coalesce(var.certificate_arn, "none")))
    error_message = "certificate_arn takes a certificate of us-east-1: CloudFront takes no other."
  }
}

variable "bucket_name" {
  type        = string
  description = "Bucket whose objects are served. It is created unless create_bucket is false."

  validation {
    condition     = can(regex("^[a-z0-9][-a-z0-9]{1,61}[a-z0-9]$", var.bucket_name))
    error_message = "bucket_name takes 3 to 63 lower-case letters, digits and hyphens. A name with dots cannot be used: no certificate is valid for its host name then."
  }
}

variable "create_bucket" {
  type        = bool
  default     = true
  description = "False: bucket_name is a bucket that exists."
}

variable "bucket_region" {
  type        = string
  description = "Region of the bucket, such as eu-west-2."

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.bucket_region))
    error_message = "bucket_region takes a region of AWS, such as eu-west-2."
  }
}

variable "bucket_versioning" {
  type        = bool
  default     = false
  description = "Whether the bucket that is created keeps overwritten objects. Old ones are read with ?versionId=."
}

variable "manage_bucket_settings" {
  type        = bool
  default     = null
  description = "Whether policy and CORS rules of the bucket are set here, in place of those that it has. Null: only of a bucket that is created. If not, add what the output bucket_policy holds to the bucket's own policy."
}

variable "allowed_ips" {
  type        = set(string)
  description = "Addresses and networks that may read, IPv4 or IPv6, such as 39.42.20.11/32. All others get 403, whether the object is cached or not."

  validation {
    condition     = length(var.allowed_ips) > 0 && alltrue([for ip in var.allowed_ips : can(cidrhost(strcontains(ip, "/") ? ip : "${ip}/${strcontains(ip, ":") ? 128 : 32}", 0))])
    error_message = "allowed_ips takes at least one address or network in CIDR notation, such as 39.42.20.11/32 or 2001:db8::/48."
  }

  validation {
    condition     = alltrue([for ip in var.allowed_ips : try(tonumber(split("/", ip)[1]), 128) >= (strcontains(ip, ":") ? 32 : 8)])
    error_message = "allowed_ips holds a network that is no allow-list: the widest that is taken is /8 of IPv4 and /32 of IPv6. S3 counts a policy with a wider one as public."
  }

  validation {
    condition     = var.mode == "cloudfront" || length(var.allowed_ips) <= 400
    error_message = "A bucket policy holds 20 KB, which is some 400 networks. Use the mode cloudfront, which takes 10000."
  }
}

variable "cors_origins" {
  type        = set(string)
  default     = []
  description = "Origins of the web apps that may read the objects with scripts, such as https://latchkey.acme.com. Without one, browsers show images, but no viewer can read their bytes."

  validation {
    condition     = alltrue([for origin in var.cors_origins : can(regex("^https?://[a-z0-9.-]+(:[0-9]+)?$", origin))])
    error_message = "cors_origins takes origins: scheme and host, with a port if it is not the usual one, without path or final slash, such as https://latchkey.acme.com. \"*\" is not taken: name the apps."
  }
}

variable "cache_ttl_seconds" {
  type        = number
  default     = 3600
  description = "How long CloudFront keeps an object. An overwritten object is served in its old form for so long. The allow-list does not wait for it."

  validation {
    condition     = var.cache_ttl_seconds >= 1 && var.cache_ttl_seconds <= 31536000 && floor(var.cache_ttl_seconds) == var.cache_ttl_seconds
    error_message = "cache_ttl_seconds takes whole seconds from 1 to 31536000 (a year)."
  }
}

variable "client_ttl_seconds" {
  type        = number
  default     = 300
  description = "How long a browser may keep its own copy. No allow-list takes such a copy back, so keep it short. Not used in the mode bucket_policy."

  validation {
    condition     = var.client_ttl_seconds >= 1 && var.client_ttl_seconds <= 86400 && floor(var.client_ttl_seconds) == var.client_ttl_seconds
    error_message = "client_ttl_seconds takes whole seconds from 1 to 86400 (a day)."
  }
}

variable "price_class" {
  type        = string
  default     = "PriceClass_100"
  description = "Where CloudFront serves from: PriceClass_100 (North America and Europe), PriceClass_200 or PriceClass_All."

  validation {
    condition     = contains(["PriceClass_100", "PriceClass_200", "PriceClass_All"], var.price_class)
    error_message = "price_class takes PriceClass_100, PriceClass_200 or PriceClass_All."
  }
}

variable "log_retention_days" {
  type        = number
  default     = 90
  description = "How long the log of requests (address, object, allowed or blocked) is kept in CloudWatch, in days as CloudWatch has them; 0: no log."

  validation {
    condition     = contains([0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827], var.log_retention_days)
    error_message = "log_retention_days takes 0 (no log) or a retention of CloudWatch: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096 or 1827 days."
  }
}

variable "name_prefix" {
  type        = string
  default     = "unsigned-access"
  description = "Beginning of the name of every resource. Another prefix makes a second copy in the same account possible."

  validation {
    condition     = can(regex("^[a-zA-Z]([-a-zA-Z0-9]{0,38}[a-zA-Z0-9])?$", var.name_prefix))
    error_message = "name_prefix takes 1 to 40 letters, digits and hyphens, beginning with a letter and not ending with a hyphen."
  }
}

variable "tags" {
  type        = map(string)
  default     = {}
  description = "Tags of the resources that can have some."
}
