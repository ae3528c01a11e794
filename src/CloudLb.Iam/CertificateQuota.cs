namespace CloudLb.Iam;

/// <summary>How many server certificates an account may have. One that was lowered refuses more; what is there stays.</summary>
public sealed record CertificateQuota(int Certificates = 1000);
