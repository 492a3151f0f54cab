//! IP addresses and networks.

use core::fmt;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The prefix below which the IPv4-mapped addresses lie, `::ffff:0:0/96` (RFC 4291, 2.5.5.2).
const MAPPED_PREFIX: u8 = 96;

/// An IPv4 or IPv6 address.
///
/// An IPv4-mapped IPv6 address (`::ffff:10.0.0.1`) is its IPv4 address, so that nobody slips past a
/// rule by another notation.
///
/// ```
/// use onlyif::value::{AddressError, IpAddress};
///
/// assert_eq!(IpAddress::parse("::ffff:10.0.0.1")?, IpAddress::parse("10.0.0.1")?);
/// assert_eq!(IpAddress::parse("2001:DB8::0:1")?.to_string(), "2001:db8::1");
/// assert_eq!(IpAddress::parse("010.0.0.1"), Err(AddressError::LeadingZero));
/// # Ok::<(), AddressError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IpAddress(IpAddr);

impl IpAddress {
    /// Reads `10.0.0.1`, or an IPv6 address in any notation of RFC 4291, section 2.2.
    ///
    /// # Errors
    ///
    /// Anything else: leading zeros in an IPv4 address (some readers take them for octal), a zone
    /// (`%eth0`), a port, brackets.
    ///
    /// ```
    /// use onlyif::value::{AddressError, IpAddress};
    ///
    /// assert_eq!(IpAddress::parse("2001:DB8::1")?.to_string(), "2001:db8::1");
    /// assert_eq!(IpAddress::parse("fe80::1%eth0"), Err(AddressError::Zone));
    /// # Ok::<(), AddressError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        written_address(text).map(Self::from)
    }

    /// The address as the standard library has it, never IPv4-mapped.
    ///
    /// ```
    /// use onlyif::value::IpAddress;
    ///
    /// assert!(IpAddress::parse("::ffff:10.0.0.1")?.to_ip_addr().is_ipv4());
    /// # Ok::<(), onlyif::value::AddressError>(())
    /// ```
    #[must_use]
    pub const fn to_ip_addr(self) -> IpAddr {
        self.0
    }

    /// How many bits an address of this family has: 32 or 128.
    const fn bits(self) -> u8 {
        match self.0 {
            IpAddr::V4(_) => 32,
            IpAddr::V6(_) => 128,
        }
    }

    /// The address with every bit after the prefix cleared.
    fn masked(self, prefix: u8) -> Self {
        // A shift by all bits leaves nothing of a mask, which is what the prefix 0 asks.
        let shift = u32::from(self.bits().saturating_sub(prefix));
        Self(match self.0 {
            IpAddr::V4(address) => {
                let mask = u32::MAX.checked_shl(shift).unwrap_or(0);
                IpAddr::V4(Ipv4Addr::from_bits(address.to_bits() & mask))
            }
            IpAddr::V6(address) => {
                let mask = u128::MAX.checked_shl(shift).unwrap_or(0);
                IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & mask))
            }
        })
    }
}

impl From<IpAddr> for IpAddress {
    fn from(address: IpAddr) -> Self {
        Self(address.to_canonical())
    }
}

impl From<Ipv4Addr> for IpAddress {
    fn from(address: Ipv4Addr) -> Self {
        Self(IpAddr::V4(address))
    }
}

impl From<Ipv6Addr> for IpAddress {
    fn from(address: Ipv6Addr) -> Self {
        Self::from(IpAddr::V6(address))
    }
}

/// The canonical form: RFC 5952 for IPv6.
impl fmt::Display for IpAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for IpAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IpAddress({self})")
    }
}

/// A network: all addresses of one family that begin with the same bits.
///
/// A network of IPv4-mapped addresses is its IPv4 network, as long as it is no larger than all of
/// them: `::ffff:10.0.0.0/104` is `10.0.0.0/8`. A larger one, such as `::/0`, is an IPv6 network and
/// contains no IPv4 address.
///
/// ```
/// use onlyif::value::{IpAddress, Network};
///
/// let office = Network::parse("10.0.0.0/8")?;
/// assert!(office.contains(IpAddress::parse("::ffff:10.1.2.3")?));
/// let problem = Network::parse("10.1.2.3/8").unwrap_err();
/// assert_eq!(problem.to_string(), "bits are set after the prefix, the network is `10.0.0.0/8`");
/// # Ok::<(), onlyif::value::AddressError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Network {
    /// The first address: no bit is set after the prefix.
    address: IpAddress,
    /// At most the bits of the family.
    prefix: u8,
}

impl Network {
    /// The network with this first address and this many leading bits in common.
    ///
    /// # Errors
    ///
    /// [`AddressError::PrefixTooLong`] beyond 32 or 128, [`AddressError::HostBits`] when the address
    /// has bits set after the prefix.
    ///
    /// ```
    /// use onlyif::value::{AddressError, IpAddress, Network};
    ///
    /// let network = Network::new(IpAddress::parse("10.0.0.0")?, 8)?;
    /// assert_eq!(Network::new(IpAddress::parse("10.1.0.0")?, 8), Err(AddressError::HostBits(network)));
    /// # Ok::<(), AddressError>(())
    /// ```
    pub fn new(address: IpAddress, prefix: u8) -> Result<Self, AddressError> {
        let most = address.bits();
        if prefix > most {
            return Err(AddressError::PrefixTooLong { most });
        }
        let network = Self { address: address.masked(prefix), prefix };
        if network.address == address { Ok(network) } else { Err(AddressError::HostBits(network)) }
    }

    /// Reads `10.0.0.0/8` or `2001:db8::/32`; an address alone is the network of that one address.
    ///
    /// # Errors
    ///
    /// An address as [`IpAddress::parse`] refuses it, a prefix that is no plain number or too long,
    /// or bits set after the prefix; that error carries the network that was probably meant.
    ///
    /// ```
    /// use onlyif::value::Network;
    ///
    /// assert_eq!(Network::parse("10.0.0.7")?, Network::parse("10.0.0.7/32")?);
    /// assert!(Network::parse("10.0.0.0/33").is_err());
    /// # Ok::<(), onlyif::value::AddressError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let Some((address, prefix)) = text.split_once('/') else {
            let address = IpAddress::parse(text)?;
            return Self::new(address, address.bits());
        };
        let written = written_address(address)?;
        let prefix = written_prefix(prefix)?;
        let address = IpAddress::from(written);
        let is_mapped = written.is_ipv6() && address.bits() == 32;
        if !is_mapped {
            return Self::new(address, prefix);
        }
        if prefix > 128 {
            return Err(AddressError::PrefixTooLong { most: 128 });
        }
        match prefix.checked_sub(MAPPED_PREFIX) {
            Some(prefix) => Self::new(address, prefix),
            None => Self::new(IpAddress(written), prefix),
        }
    }

    /// The first address: every bit after the prefix is 0.
    ///
    /// ```
    /// use onlyif::value::{IpAddress, Network};
    ///
    /// assert_eq!(Network::parse("10.0.0.0/8")?.address(), IpAddress::parse("10.0.0.0")?);
    /// # Ok::<(), onlyif::value::AddressError>(())
    /// ```
    #[must_use]
    pub const fn address(self) -> IpAddress {
        self.address
    }

    /// How many leading bits the addresses have in common: 0 to 32, or 0 to 128 for IPv6.
    ///
    /// ```
    /// use onlyif::value::Network;
    ///
    /// assert_eq!(Network::parse("2001:db8::/32")?.prefix(), 32);
    /// # Ok::<(), onlyif::value::AddressError>(())
    /// ```
    #[must_use]
    pub const fn prefix(self) -> u8 {
        self.prefix
    }

    /// Whether the address is in the network. One of the other family never is.
    ///
    /// ```
    /// use onlyif::value::{IpAddress, Network};
    ///
    /// let everything = Network::parse("0.0.0.0/0")?;
    /// assert!(everything.contains(IpAddress::parse("192.0.2.1")?));
    /// assert!(!everything.contains(IpAddress::parse("2001:db8::1")?));
    /// # Ok::<(), onlyif::value::AddressError>(())
    /// ```
    #[must_use]
    pub fn contains(self, address: IpAddress) -> bool {
        // An address of the other family stays one, and so never equals.
        address.masked(self.prefix) == self.address
    }

    /// Whether every address of the other network is in this one.
    ///
    /// ```
    /// use onlyif::value::Network;
    ///
    /// let (large, small) = (Network::parse("10.0.0.0/8")?, Network::parse("10.1.0.0/16")?);
    /// assert!(large.contains_network(small) && !small.contains_network(large));
    /// # Ok::<(), onlyif::value::AddressError>(())
    /// ```
    #[must_use]
    pub fn contains_network(self, other: Self) -> bool {
        self.prefix <= other.prefix && self.contains(other.address)
    }

    /// The address after the last one of the network; none where that is the last of all.
    pub(crate) fn next(self) -> Option<IpAddress> {
        let spare = u32::from(self.address.bits().checked_sub(self.prefix)?);
        let address = match self.address.0 {
            IpAddr::V4(first) => {
                let size = 1_u32.checked_shl(spare)?;
                IpAddr::V4(first.to_bits().checked_add(size)?.into())
            }
            IpAddr::V6(first) => {
                let size = 1_u128.checked_shl(spare)?;
                IpAddr::V6(first.to_bits().checked_add(size)?.into())
            }
        };
        Some(IpAddress(address))
    }
}

impl From<IpAddress> for Network {
    fn from(address: IpAddress) -> Self {
        Self { address, prefix: address.bits() }
    }
}

/// The form that [`Network::parse`] reads, always with its prefix.
impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Network({self})")
    }
}

/// The address that is written, IPv4-mapped or not.
fn written_address(text: &str) -> Result<IpAddr, AddressError> {
    text.parse().map_err(|_| {
        if text.contains('%') {
            AddressError::Zone
        } else if text.starts_with('[') || has_port(text) {
            AddressError::Port
        } else if text.contains('/') {
            AddressError::Prefix
        } else if has_leading_zero(text) {
            AddressError::LeadingZero
        } else {
            AddressError::NotAnAddress
        }
    })
}

/// Whether a text is an IPv4 address with a port.
fn has_port(text: &str) -> bool {
    text.split_once(':').is_some_and(|(address, _)| address.parse::<Ipv4Addr>().is_ok())
}

/// Whether a text is an IPv4 address but for leading zeros.
fn has_leading_zero(text: &str) -> bool {
    // The IPv4 part of an IPv6 address follows its last colon.
    let parts = text.rsplit(':').next().unwrap_or(text);
    parts.split('.').count() == 4
        && parts.split('.').all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
        && parts.split('.').any(|part| part.len() > 1 && part.starts_with('0'))
}

/// A prefix: digits without a superfluous zero.
fn written_prefix(text: &str) -> Result<u8, AddressError> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number || (text.len() > 1 && text.starts_with('0')) {
        return Err(AddressError::NotAPrefix);
    }
    text.parse().map_err(|_| AddressError::PrefixTooLong { most: 128 })
}

/// Why a text is no [`IpAddress`] or no [`Network`].
///
/// ```
/// use onlyif::value::{AddressError, IpAddress};
///
/// assert_eq!(IpAddress::parse("10.0.0.1:80"), Err(AddressError::Port));
/// assert_eq!(IpAddress::parse("10.0.0.0/8"), Err(AddressError::Prefix));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AddressError {
    /// The text is not an address.
    NotAnAddress,
    /// A number of an IPv4 address begins with 0.
    LeadingZero,
    /// A zone follows the address, as in `fe80::1%eth0`.
    Zone,
    /// A port follows the address, or it stands in brackets.
    Port,
    /// A prefix follows where a single address belongs.
    Prefix,
    /// The prefix is not a plain number.
    NotAPrefix,
    /// The prefix has more bits than an address.
    PrefixTooLong {
        /// The most that it can be.
        most: u8,
    },
    /// The address has bits set after the prefix; this is the network with those bits cleared.
    HostBits(Network),
}

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnAddress => f.write_str("an IP address is written `10.0.0.1` or `2001:db8::1`"),
            Self::LeadingZero => f.write_str("a number of the address begins with `0`, write `10` for `010`"),
            Self::Zone => f.write_str("a zone follows the address after `%`, write it without"),
            Self::Port => f.write_str("an address stands alone, without brackets and port"),
            Self::Prefix => f.write_str("a network was found where a single address belongs"),
            Self::NotAPrefix => f.write_str("a prefix is a plain number, such as `8` in `10.0.0.0/8`"),
            Self::PrefixTooLong { most } => {
                write!(f, "the prefix is too long, it is at most {most}")
            }
            Self::HostBits(network) => {
                write!(f, "bits are set after the prefix, the network is `{network}`")
            }
        }
    }
}

impl core::error::Error for AddressError {}
