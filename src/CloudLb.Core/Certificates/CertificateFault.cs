namespace CloudLb.Core.Certificates;

/// <summary>Why a certificate that is handed in cannot be taken.</summary>
/// <param name="What">What is wrong.</param>
/// <param name="Index">Of a chain that is out of order: the place of the first certificate that is wrong, from 0.</param>
public sealed record CertificateFault(CertificateFaultKind What, int Index = 0)
{
    public static readonly CertificateFault NotPem = new(CertificateFaultKind.NotPem);
    public static readonly CertificateFault Several = new(CertificateFaultKind.Several);
    public static readonly CertificateFault ChainNotPem = new(CertificateFaultKind.ChainNotPem);
    public static readonly CertificateFault NotValidNow = new(CertificateFaultKind.NotValidNow);
    public static readonly CertificateFault NoKey = new(CertificateFaultKind.NoKey);
    public static readonly CertificateFault OtherKey = new(CertificateFaultKind.OtherKey);

    public static CertificateFault ChainWrongAt(int index) => new(CertificateFaultKind.ChainOutOfOrder, index);
}
