using CloudLb.Core.Accounts;

namespace CloudLb.Core.Certificates;

/// <summary>Where a certificate's name is unique.</summary>
/// <param name="Account">Whose it is.</param>
/// <param name="Region">Of one that ACM has; null of IAM's.</param>
internal readonly record struct CertificateScope(AccountId Account, string? Region);
