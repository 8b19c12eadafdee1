//! The numbers with which a DFM says no (headers `dfm_errno.h` and `netapp_errno.h` of the SDK). Clustered
//! ONTAP gives two of the names other numbers: those here are the DFM's.

macro_rules! numbers {
    ($($(#[$about:meta])* $name:ident = $number:literal;)*) => {
        $($(#[$about])* pub const $name: u32 = $number;)*
        static NAMES: &[(u32, &str)] = &[$(($number, stringify!($name))),*];
    };
}

numbers! {
    /// The error of Unix for an invalid argument: an input that the call does not know.
    EINVAL = 22;
    /// A failure that has no number of its own.
    EAPIERROR = 13001;
    /// The login failed. Clients give it to status 401 themselves.
    EAPIAUTHENTICATION = 13002;
    /// The login is not privileged to make the call.
    EAPIPRIVILEGE = 13003;
    /// No call has that name.
    EAPINOTFOUND = 13005;
    /// A required input is missing.
    EAPIMISSINGARGUMENT = 13006;
    /// The call exists in the papers only.
    EAPINOTIMPLEMENTED = 13007;
    /// What the call needs is not licensed.
    EAPILICENSE = 13008;
    /// The envelope is of a version that the server does not speak.
    EAPIUNSUPPORTEDVERSION = 13010;
    /// The request or the answer was damaged on its way.
    EAPITRANSMISSION = 13011;
    /// The server is at fault.
    EINTERNALERROR = 13114;
    /// An input that makes no sense, in the words of all ONTAPI servers.
    EINVALIDINPUTERROR = 13115;
    /// An answer lacks something that it must have.
    EAPIMISSINGOUTPUT = 14513;
    /// An answer has something that the papers do not name.
    EAPIEXTRAOUTPUT = 14514;
    /// A tag that leads to no iterator (any more).
    EINVALIDTAG = 21002;
    /// Name and password do not fit.
    EBADCREDENTIALS = 21008;
    /// An input that makes no sense.
    EINVALIDINPUT = 21012;
    /// Something cannot be deleted while jobs run.
    ESCRIPTJOBRUNNING = 21016;
    /// A name that several objects have.
    EOBJECTAMBIGUOUS = 22211;
    /// There is no such job.
    EJOBDOESNOTEXIST = 22217;
    /// The job has ended.
    EJOBALREADYCOMPLETED = 22218;
    /// The job was aborted already.
    EJOBALREADYABORTED = 22219;
    /// Jobs of that type, or in that phase, cannot be stopped.
    EJOBCANNOTBEABORTED = 22220;
    /// There is no such group.
    EGROUPDOESNOTEXIST = 22228;
    /// There is no such object.
    EOBJECTNOTFOUND = 22255;
    /// The person's role does not permit it.
    EACCESSDENIED = 22256;
    /// The server's database failed.
    EDATABASEERROR = 22259;
    /// There is no such backup.
    EBACKUPDOESNOTEXIST = 22281;
    /// The job could not be recorded.
    EJOBCANNOTBESTORED = 23415;
    /// No job is of that type.
    EINVALIDJOBTYPE = 23511;
    /// No job can be in that state.
    EINVALIDJOBSTATE = 23512;
}

/// The vendor's name of a number.
pub fn name(errno: u32) -> Option<&'static str> {
    NAMES.iter().find(|(number, _)| *number == errno).map(|(_, name)| *name)
}

/// A number with its name, such as `EJOBDOESNOTEXIST 22217`.
pub fn code(errno: u32) -> String {
    match name(errno) {
        Some(name) => format!("{name} {errno}"),
        None => format!("error {errno}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_name_and_a_stranger_has_none() {
        assert!(NAMES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert_eq!(code(EINVALIDTAG), "EINVALIDTAG 21002");
        assert_eq!((name(23831), code(23831).as_str()), (None, "error 23831"));
    }
}
