variable "bucket_name" {
  type        = string
  description = "Bucket of the Object Storage Service whose objects are served. It is created unless create_bucket is false."

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
  default     = "eu-de"
  description = "Region of the bucket: eu-de or eu-nl."

  validation {
    condition     = contains(["eu-de", "eu-nl"], var.bucket_region)
    error_message = "bucket_region takes eu-de or eu-nl."
  }
}

variable "bucket_versioning" {
  type        = bool
  default     = false
  description = "Whether the bucket that is created keeps overwritten objects. Old ones are read with ?versionId=."
}

variable "manage_bucket_policy" {
  type        = bool
  default     = null
  description = "Whether the policy of the bucket is set here, in place of the one that it has. Null: only of a bucket that is created. If not, add what the output bucket_policy holds to the bucket's own policy."
}

variable "allowed_ips" {
  type        = set(string)
  description = "IPv4 addresses and networks that may read, such as 39.42.20.11/32. All others get 403."

  validation {
    condition     = length(var.allowed_ips) > 0 && alltrue([for ip in var.allowed_ips : !strcontains(ip, ":") && can(cidrhost(strcontains(ip, "/") ? ip : "${ip}/32", 0))])
    error_message = "allowed_ips takes at least one IPv4 address or network in CIDR notation, such as 39.42.20.11/32. The storage is reached by IPv4 alone."
  }

  validation {
    condition     = alltrue([for ip in var.allowed_ips : try(tonumber(split("/", ip)[1]), 32) >= 8])
    error_message = "allowed_ips holds a network that is no allow-list: the widest that is taken is /8."
  }

  validation {
    condition     = length(var.allowed_ips) <= 400
    error_message = "A bucket policy holds 20 KB, which is some 400 networks. Put `latchkey gateway` in front of the bucket for longer lists."
  }
}

variable "cors_origins" {
  type        = set(string)
  default     = []
  description = "Origins of the web apps that may read the objects with scripts, such as https://latchkey.acme.com. Without one, browsers show images, but no viewer can read their bytes. Set on a bucket that is created."

  validation {
    condition     = alltrue([for origin in var.cors_origins : can(regex("^https?://[a-z0-9.-]+(:[0-9]+)?$", origin))])
    error_message = "cors_origins takes origins: scheme and host, with a port if it is not the usual one, without path or final slash, such as https://latchkey.acme.com. \"*\" is not taken: name the apps."
  }
}

variable "log_bucket" {
  type        = string
  default     = null
  description = "Bucket to which the storage writes its log of requests to the bucket that is created. Null: no log."
}

variable "log_agency" {
  type        = string
  default     = null
  description = "Agency by which the storage may write to log_bucket."

  validation {
    condition     = (var.log_bucket == null) == (var.log_agency == null)
    error_message = "log_bucket and log_agency are given together: without the agency, the storage may not write the log."
  }
}

variable "tags" {
  type        = map(string)
  default     = {}
  description = "Tags of the bucket that is created."
}
