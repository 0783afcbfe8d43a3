variable "project_id" {
  type        = string
  description = "Project in which everything is created."

  validation {
    condition     = can(regex("^([a-z][-a-z0-9.]*:)?[a-z][-a-z0-9]{4,28}[a-z0-9]$", var.project_id))
    error_message = "project_id takes the id of a project, such as my-gcp-project: 6 to 30 lower-case letters, digits and hyphens. It is neither the project's name nor its number."
  }
}

variable "domain" {
  type        = string
  description = "Host name under which the objects are served, such as data.acme.com. The URLs of a manifest begin with it."

  validation {
    condition     = can(regex("^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\\.)+[a-z][-a-z0-9]*[a-z0-9]$", var.domain)) && length(var.domain) <= 63
    error_message = "domain takes a lower-case host name of at most 63 characters (the limit of managed certificates), without https://, path or final dot, such as data.acme.com."
  }
}

variable "managed_zone" {
  type        = string
  default     = null
  description = "Name of the Cloud DNS zone resource in which the record of the domain is created, such as acme-com. It is not the DNS name of the zone. Null: you create the records of the output dns_records yourself."

  validation {
    condition     = var.managed_zone == null || can(regex("^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$", coalesce(var.managed_zone, "none")))
    error_message = "managed_zone takes the name of the zone resource, such as acme-com: lower-case letters, digits and hyphens, no dots. `gcloud dns managed-zones list` shows it in the column NAME."
  }
}

variable "bucket_name" {
  type        = string
  description = "Bucket whose objects are served. It is created unless create_bucket is false."

  validation {
    condition     = can(regex("^[a-z0-9][-_a-z0-9]{1,61}[a-z0-9]$", var.bucket_name))
    error_message = "bucket_name takes 3 to 63 lower-case letters, digits, hyphens and underscores. A name with dots cannot be used: no certificate is valid for BUCKET.storage.googleapis.com then."
  }
}

variable "create_bucket" {
  type        = bool
  default     = true
  description = "False: bucket_name is a bucket that exists, and nothing of it is changed but that the reader may get objects."
}

variable "bucket_region" {
  type        = string
  default     = "EU"
  description = "Location of the bucket that is created: a multi-region (EU, US, ASIA), a dual-region or a region such as europe-west2. Not used with an existing bucket, whose own location is taken."

  validation {
    condition     = can(regex("^[A-Za-z]+[0-9]*(-[A-Za-z]+[0-9]+)?$", var.bucket_region))
    error_message = "bucket_region takes a location of Cloud Storage, such as EU, EUR4 or europe-west2."
  }
}

variable "bucket_versioning" {
  type        = bool
  default     = false
  description = "Whether the bucket that is created keeps overwritten objects. Old ones are read with ?generation=."
}

variable "allowed_ips" {
  type        = set(string)
  description = "Addresses and networks that may read, IPv4 or IPv6, such as 39.42.20.11/32. Any number of them; all others get 403, whether the object is cached or not."

  validation {
    condition     = length(var.allowed_ips) > 0 && alltrue([for ip in var.allowed_ips : can(cidrhost(strcontains(ip, "/") ? ip : "${ip}/${strcontains(ip, ":") ? 128 : 32}", 0))])
    error_message = "allowed_ips takes at least one address or network in CIDR notation, such as 39.42.20.11/32 or 2001:db8::/48."
  }

  validation {
    condition     = alltrue([for ip in var.allowed_ips : try(tonumber(split("/", ip)[1]), 128) >= (strcontains(ip, ":") ? 32 : 8)])
    error_message = "allowed_ips holds a network that is no allow-list: the widest that is taken is /8 of IPv4 and /32 of IPv6."
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

variable "cache_mode" {
  type        = string
  default     = "FORCE_CACHE_ALL"
  description = "FORCE_CACHE_ALL keeps every object for cache_ttl_seconds. USE_ORIGIN_HEADERS obeys the Cache-Control of each object, for objects that are overwritten under the same name."

  validation {
    condition     = contains(["FORCE_CACHE_ALL", "USE_ORIGIN_HEADERS"], var.cache_mode)
    error_message = "cache_mode takes FORCE_CACHE_ALL or USE_ORIGIN_HEADERS."
  }
}

variable "cache_ttl_seconds" {
  type        = number
  default     = 3600
  description = "How long the CDN keeps an object under FORCE_CACHE_ALL. An overwritten object is served in its old form for so long. The allow-list does not wait for it."

  validation {
    condition     = var.cache_ttl_seconds >= 1 && var.cache_ttl_seconds <= 31622400 && floor(var.cache_ttl_seconds) == var.cache_ttl_seconds
    error_message = "cache_ttl_seconds takes whole seconds from 1 to 31622400 (a leap year)."
  }
}

variable "client_ttl_seconds" {
  type        = number
  default     = 300
  description = "How long a browser may keep its own copy under FORCE_CACHE_ALL. No allow-list takes such a copy back, so keep it short."

  validation {
    condition     = var.client_ttl_seconds >= 1 && var.client_ttl_seconds <= 86400 && floor(var.client_ttl_seconds) == var.client_ttl_seconds
    error_message = "client_ttl_seconds takes whole seconds from 1 to 86400 (a day)."
  }
}

variable "enable_ipv6" {
  type        = bool
  default     = false
  description = "Whether the domain has an IPv6 address as well. Clients prefer it, so allowed_ips must hold their IPv6 networks."

  validation {
    condition     = !var.enable_ipv6 || anytrue([for ip in var.allowed_ips : strcontains(ip, ":")])
    error_message = "enable_ipv6 needs an IPv6 network in allowed_ips: clients with IPv6 would use it, and be locked out."
  }
}

variable "certificates" {
  type        = list(string)
  default     = []
  description = "Ids of own SSL certificates (google_compute_ssl_certificate) to serve the domain with. Empty: Google issues one, which begins once the domain's record points here and takes minutes to hours."
}

variable "certificate_name" {
  type        = string
  default     = null
  description = "Name of the certificate that Google issues. Null: one that is made from the domain, so that another domain gets another certificate before the old one goes. Set it to keep a certificate that exists, such as cdn-certificate."
}

variable "hmac_key" {
  type = object({
    access_id = string
    secret    = string
  })
  default     = null
  sensitive   = true
  description = "HMAC key of a service account that may get the objects, if it is made outside, for example from Secret Manager. Null: service account, permission and key are created here. In both cases the secret is in the state: keep the state encrypted and to few."
}

variable "log_sample_rate" {
  type        = number
  default     = 1
  description = "Part of the requests that are logged, from 0 to 1. 1: each request, with address, object and whether the cache or the allow-list answered."

  validation {
    condition     = var.log_sample_rate >= 0 && var.log_sample_rate <= 1
    error_message = "log_sample_rate takes a number from 0 (no log) to 1 (every request)."
  }
}

variable "enable_apis" {
  type        = bool
  default     = true
  description = "Whether the APIs of the project that this needs are turned on. False where somebody else does that."
}

variable "name_prefix" {
  type        = string
  default     = "cdn"
  description = "Beginning of the name of every resource. Another prefix makes a second copy in the same project possible."

  validation {
    condition     = can(regex("^[a-z]([-a-z0-9]{0,12}[a-z0-9])?$", var.name_prefix))
    error_message = "name_prefix takes 1 to 14 lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen."
  }
}

variable "labels" {
  type        = map(string)
  default     = {}
  description = "Labels of the resources that can have some."
}
