namespace CloudLb.Core.Certificates;

/// <summary>What can be wrong with a certificate that is handed in.</summary>
public enum CertificateFaultKind
{
    /// <summary>There is no certificate in PEM, or none that can be used.</summary>
    NotPem,

    /// <summary>There is more than one where one belongs.</summary>
    Several,

    /// <summary>The chain has no certificate in PEM.</summary>
    ChainNotPem,

    /// <summary>A certificate of the chain did not sign the one before it.</summary>
    ChainOutOfOrder,

    /// <summary>Its period of validity has not begun, or has ended.</summary>
    NotValidNow,

    /// <summary>The private key cannot be read, is encrypted, or too small.</summary>
    NoKey,

    /// <summary>The private key is another certificate's.</summary>
    OtherKey,
}
